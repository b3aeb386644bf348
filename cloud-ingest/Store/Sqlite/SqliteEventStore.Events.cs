using Microsoft.Data.Sqlite;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
    private const string EventColumns = "seq, id, series, time, arrival, committed, flags, data";

    /// <summary>Rows looked at for one live page: a reader who chose little does not read the whole table in one go.</summary>
    private const int LiveScan = 5000;

    public Task<LivePage> ReadAfterAsync(long after, SeriesFilter filter, int limit, long maxBytes, CancellationToken cancellation) =>
        _readers.RunAsync(connection =>
        {
            // The head first: with it the snapshot begins, and every series in it is known by then.
            long head = Head(connection);
            HashSet<long>? chosen = filter.Sources.Count + filter.Types.Count == 0 ? null : [.. _series.Choose(filter).Select(entry => entry.Id)];
            if (after >= head || chosen is { Count: 0 })
            {
                return new LivePage([], head, false);
            }

            using SqliteCommand command = Command(
                connection, $"SELECT {EventColumns} FROM events WHERE seq > $after ORDER BY seq LIMIT $scan", ("$after", after), ("$scan", LiveScan));
            using SqliteDataReader reader = command.ExecuteReader();
            var items = new List<StoredEvent>();
            long position = after;
            int looked = 0;
            long bytes = 0;
            while (items.Count < limit && bytes < maxBytes && reader.Read())
            {
                looked++;
                position = reader.GetInt64(0);
                if (chosen is null || chosen.Contains(reader.GetInt64(2)))
                {
                    items.Add(Event(reader));
                    bytes += items[^1].Event.Data.Length;
                }
            }

            bool more = items.Count == limit || bytes >= maxBytes || looked == LiveScan;
            return new LivePage(items, more ? position : head, more);
        }, cancellation);

    public Task<EventPage> ReadEventsAsync(EventQuery query, CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        List<(long Time, long Sequence)> keys = Keys(connection, query, cancellation);
        bool more = keys.Count > query.Limit;
        if (more)
        {
            keys.RemoveRange(query.Limit, keys.Count - query.Limit);
        }

        using SqliteCommand command = Command(connection, $"SELECT {EventColumns} FROM events WHERE seq = $seq", ("$seq", 0L));
        var items = new List<StoredEvent>(keys.Count);
        long bytes = 0;
        foreach ((long _, long sequence) in keys)
        {
            cancellation.ThrowIfCancellationRequested();
            command.Parameters[0].Value = sequence;
            using SqliteDataReader reader = command.ExecuteReader();
            if (reader.Read())
            {
                items.Add(Event(reader));
                bytes += items[^1].Event.Data.Length;
                if (bytes >= query.MaxBytes && items.Count < keys.Count)
                {
                    more = true;
                    break;
                }
            }
        }

        return new EventPage(items, more && items.Count > 0 ? new EventCursor(items[^1].Event.Time, items[^1].Sequence) : null);
    }, cancellation);

    public Task<LatestPage> ReadLatestAsync(LatestQuery query, CancellationToken cancellation) =>
        _readers.RunAsync(connection =>
        {
            using SqliteCommand command = Command(
                connection,
                "SELECT e.seq, e.id, e.series, e.time, e.arrival, e.committed, e.flags, e.data FROM series s JOIN events e ON e.seq = s.latest_seq WHERE s.id = $series",
                ("$series", 0L));
            var items = new List<StoredEvent>();
            long bytes = 0;
            foreach (SeriesEntry entry in Ordered(_series.Choose(query.Filter)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (query.After?.IsBefore(entry.Source.Source, entry.Type) == false)
                {
                    continue;
                }

                command.Parameters[0].Value = entry.Id;
                using SqliteDataReader reader = command.ExecuteReader();
                if (!reader.Read())
                {
                    continue;
                }

                if (items.Count == query.Limit || bytes >= query.MaxBytes)
                {
                    return new LatestPage(items, new LatestCursor(items[^1].Event.Source.Source, items[^1].Event.Type.ToString()));
                }

                items.Add(Event(reader));
                bytes += items[^1].Event.Data.Length;
            }

            return new LatestPage(items, null);
        }, cancellation);

    /// <summary>The first limit + 1 keys over all chosen series, in order. Each series is read along its own index; what lies
    /// beyond the worst key that would still be kept is not read.</summary>
    private List<(long Time, long Sequence)> Keys(SqliteConnection connection, EventQuery query, CancellationToken cancellation)
    {
        string order = query.Descending ? "DESC" : "ASC";
        string beyond = query.Descending ? "<" : ">";
        string after = query.After is null ? "" : $"AND (time, seq) {beyond} ($time, $seq)";
        using SqliteCommand command = Command(
            connection,
            $"SELECT time, seq FROM events WHERE series = $series AND time >= $from AND time < $to {after} ORDER BY time {order}, seq {order} LIMIT $limit",
            ("$series", 0L), ("$from", query.From?.UtcTicks ?? 0L), ("$to", query.To?.UtcTicks ?? long.MaxValue), ("$limit", query.Limit + 1));
        if (query.After is { } cursor)
        {
            command.Parameters.AddWithValue("$time", cursor.Time.UtcTicks);
            command.Parameters.AddWithValue("$seq", cursor.Sequence);
        }

        int sign = query.Descending ? -1 : 1;
        var keys = new List<(long Time, long Sequence)>();
        foreach (SeriesEntry entry in _series.Choose(query.Filter))
        {
            cancellation.ThrowIfCancellationRequested();
            command.Parameters["$series"].Value = entry.Id;
            bool full = keys.Count > query.Limit;
            (long Time, long Sequence) worst = full ? keys[query.Limit] : default;
            using (SqliteDataReader reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    (long Time, long Sequence) key = (reader.GetInt64(0), reader.GetInt64(1));
                    if (full && sign * key.CompareTo(worst) >= 0)
                    {
                        break;
                    }

                    keys.Add(key);
                }
            }

            keys.Sort((a, b) => sign * a.CompareTo(b));
            if (keys.Count > query.Limit + 1)
            {
                keys.RemoveRange(query.Limit + 1, keys.Count - query.Limit - 1);
            }
        }

        return keys;
    }

    private static IEnumerable<SeriesEntry> Ordered(IEnumerable<SeriesEntry> series) => series
        .OrderBy(entry => entry.Source.Source, StringComparer.Ordinal).ThenBy(entry => entry.Type, StringComparer.Ordinal);

    private StoredEvent Event(SqliteDataReader reader)
    {
        SeriesEntry series = _series.Get(reader.GetInt64(2));
        var sensorEvent = new SensorEvent(
            Id(reader.GetValue(1)), series.Source, series.Type, Time(reader.GetInt64(3)), series.Priority, reader.GetFieldValue<byte[]>(7));
        return new StoredEvent(
            reader.GetInt64(0), sensorEvent, Time(reader.GetInt64(4)), reader.IsDBNull(5) ? null : Time(reader.GetInt64(5)), (EventFlags)reader.GetInt64(6));
    }
}
