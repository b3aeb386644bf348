using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Sensing.Events;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    private const string EventColumns = "e.seq, e.id, e.series, e.time, e.arrival, e.committed, e.flags, e.data, s.source, s.type, s.measure";

    /// <summary>$1 sources, $2 types; an empty array chooses all.</summary>
    private const string Chosen = "(cardinality($1) = 0 OR s.source = ANY($1)) AND (cardinality($2) = 0 OR s.type = ANY($2))";

    /// <summary>Rows looked at for one live page: a reader who chose little does not read the whole table in one go.</summary>
    private const int LiveScan = 5000;

    /// <summary>Series that rows have named, so that a page does not parse the same address for each of its rows.</summary>
    private readonly ConcurrentDictionary<int, SeriesEntry> _known = new();

    public async Task<LivePage> ReadAfterAsync(long after, SeriesFilter filter, int limit, long maxBytes, CancellationToken cancellation)
    {
        // One statement, so one snapshot: nothing beyond the head is in it, and everything up to the head is.
        List<LiveRow> rows = await ReadAsync(
            """
            SELECT h.seq, f.seq, f.series, f.time, f.size,
                cardinality($1) + cardinality($2) = 0 OR f.series = ANY (ARRAY(SELECT s.id FROM series s WHERE
            """ + Chosen + """
                ))
            FROM head h LEFT JOIN LATERAL (SELECT seq, series, time, size FROM feed WHERE seq > $3 ORDER BY seq LIMIT $4) f ON true
            ORDER BY f.seq
            """,
            reader => reader.IsDBNull(1)
                ? new LiveRow(reader.GetInt64(0), null, 0, 0, 0, false)
                : new LiveRow(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetBoolean(5)),
            [.. Parameters(filter), Parameter(after), Parameter((long)LiveScan)], cancellation).ConfigureAwait(false);

        long head = rows[0].Head;
        long position = after;
        long bytes = 0;
        int looked = 0;
        var chosen = new List<LiveRow>();
        foreach (LiveRow row in rows)
        {
            if (row.Sequence is not { } sequence || chosen.Count == limit || bytes >= maxBytes)
            {
                break;
            }

            looked++;
            position = sequence;
            if (row.Chosen)
            {
                chosen.Add(row);
                bytes += row.Size;
            }
        }

        bool more = chosen.Count == limit || bytes >= maxBytes || looked == LiveScan;
        IReadOnlyList<StoredEvent> items = chosen.Count == 0 ? [] : await FetchAsync(chosen, cancellation).ConfigureAwait(false);
        return new LivePage(items, more ? position : Math.Max(head, position), more);
    }

    public async Task<EventPage> ReadEventsAsync(EventQuery query, CancellationToken cancellation)
    {
        string order = query.Descending ? "DESC" : "ASC";
        string after = query.After is null ? "" : $"AND (e.time, e.seq) {(query.Descending ? "<" : ">")} ($7, $8)";
        long from = query.From?.UtcTicks ?? 0;
        long to = query.To?.UtcTicks ?? long.MaxValue;
        if (query.After is { } place)
        {
            // Partitions on the far side of the cursor are not looked at.
            (from, to) = query.Descending ? (from, Math.Min(to, place.Time.UtcTicks + 1)) : (Math.Max(from, place.Time.UtcTicks), to);
        }

        // Each series is read along its index, limit + 1 keys at most; only the events of the page itself are then fetched, up to the
        // one that fills it.
        List<(StoredEvent Event, long Total)> rows = await ReadAsync(
            $"""
            WITH keys AS (
                SELECT k.series, k.time, k.seq FROM series s CROSS JOIN LATERAL (
                    SELECT e.series, e.time, e.seq FROM events e
                    WHERE e.series = s.id AND e.time >= $3 AND e.time < $4 {after}
                    ORDER BY e.time {order}, e.seq {order} LIMIT $5) k
                WHERE {Chosen}
                ORDER BY k.time {order}, k.seq {order} LIMIT $5),
            page AS (
                SELECT {EventColumns}, count(*) OVER () AS total,
                    sum(octet_length(e.data)) OVER (ORDER BY e.time {order}, e.seq {order}) - octet_length(e.data) AS before
                FROM keys k JOIN events e ON e.series = k.series AND e.time = k.time AND e.seq = k.seq JOIN series s ON s.id = k.series
                WHERE e.time >= $3 AND e.time < $4)
            SELECT * FROM page WHERE before < $6 ORDER BY time {order}, seq {order} LIMIT $5 - 1
            """,
            reader => (Event(reader), reader.GetInt64(11)),
            [
                .. Parameters(query.Filter), Parameter(from), Parameter(to), Parameter(query.Limit + 1L), Parameter(query.MaxBytes),
                .. query.After is { } cursor ? new[] { Parameter(cursor.Time.UtcTicks), Parameter(cursor.Sequence) } : [],
            ],
            cancellation).ConfigureAwait(false);
        StoredEvent[] items = [.. rows.Select(row => row.Event)];
        return new EventPage(items, items.Length > 0 && rows[0].Total > items.Length ? new EventCursor(items[^1].Event.Time, items[^1].Sequence) : null);
    }

    public async Task<LatestPage> ReadLatestAsync(LatestQuery query, CancellationToken cancellation)
    {
        List<(StoredEvent Event, long Total)> rows = await ReadAsync(
            $"""
            WITH page AS (
                SELECT {EventColumns}, count(*) OVER () AS total,
                    sum(octet_length(e.data)) OVER (ORDER BY s.source, s.type) - octet_length(e.data) AS before
                FROM (SELECT * FROM series s WHERE s.latest_seq > 0 AND {Chosen} AND (s.source, s.type) > ($3, $4) ORDER BY s.source, s.type LIMIT $5) s
                    JOIN events e ON e.series = s.id AND e.time = s.latest_time AND e.seq = s.latest_seq)
            SELECT * FROM page WHERE before < $6 ORDER BY source, type LIMIT $5 - 1
            """,
            reader => (Event(reader), reader.GetInt64(11)),
            [
                .. Parameters(query.Filter), Text(query.After?.Source ?? ""), Text(query.After?.Type ?? ""), Parameter(query.Limit + 1L), Parameter(query.MaxBytes),
            ],
            cancellation).ConfigureAwait(false);
        StoredEvent[] items = [.. rows.Select(row => row.Event)];
        return new LatestPage(
            items, items.Length > 0 && rows[0].Total > items.Length ? new LatestCursor(items[^1].Event.Source.Source, items[^1].Event.Type.ToString()) : null);
    }

    private async Task<IReadOnlyList<StoredEvent>> FetchAsync(List<LiveRow> rows, CancellationToken cancellation) => await ReadAsync(
        $"""
        SELECT {EventColumns}
        FROM unnest($1, $2, $3) AS k(seq, series, time) JOIN events e ON e.series = k.series AND e.time = k.time AND e.seq = k.seq
            JOIN series s ON s.id = k.series
        WHERE e.time >= $4 AND e.time <= $5 ORDER BY e.seq
        """,
        Event,
        [
            new NpgsqlParameter { Value = rows.Select(row => row.Sequence!.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            new NpgsqlParameter { Value = rows.Select(row => row.Series).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
            new NpgsqlParameter { Value = rows.Select(row => row.Time).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            Parameter(rows.Min(row => row.Time)), Parameter(rows.Max(row => row.Time)),
        ],
        cancellation).ConfigureAwait(false);

    private StoredEvent Event(NpgsqlDataReader reader)
    {
        int id = reader.GetInt32(2);
        SeriesEntry series = _known.TryGetValue(id, out SeriesEntry? known)
            ? known
            : Series(id, reader.GetString(8), reader.GetString(9), reader.IsDBNull(10) ? null : reader.GetString(10));
        var sensorEvent = new SensorEvent(
            EventKey.Id(reader.GetFieldValue<byte[]>(1)), series.Source, series.Type, Time(reader.GetInt64(3)), series.Priority, reader.GetFieldValue<byte[]>(7));
        return new StoredEvent(
            reader.GetInt64(0), sensorEvent, Time(reader.GetInt64(4)), reader.IsDBNull(5) ? null : Time(reader.GetInt64(5)), (EventFlags)reader.GetInt16(6));
    }

    private static NpgsqlParameter[] Parameters(SeriesFilter filter) =>
    [
        new() { Value = filter.Sources.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        new() { Value = filter.Types.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
    ];

    private static NpgsqlParameter Text(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Parameter(long value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>A row of the feed beside the head of the same snapshot; without a sequence where nothing is new.</summary>
    private sealed record LiveRow(long Head, long? Sequence, int Series, long Time, int Size, bool Chosen);
}
