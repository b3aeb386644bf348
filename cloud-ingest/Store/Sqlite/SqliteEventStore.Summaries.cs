using Microsoft.Data.Sqlite;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
    public Task<IReadOnlyList<SeriesSummary>> ReadSeriesAsync(CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        using SqliteCommand command = Command(
            connection, "SELECT id, count, last_time, last_arrival FROM series WHERE count > 0 ORDER BY source, type");
        using SqliteDataReader reader = command.ExecuteReader();
        var summaries = new List<SeriesSummary>();
        while (reader.Read())
        {
            SeriesEntry entry = _series.Get(reader.GetInt64(0));
            summaries.Add(new SeriesSummary(entry.Source, entry.Type, reader.GetInt64(1), Time(reader.GetInt64(2)), Time(reader.GetInt64(3))));
        }

        return (IReadOnlyList<SeriesSummary>)summaries;
    }, cancellation);

    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(RollupQuery query, CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        using SqliteCommand command = Command(
            connection,
            "SELECT time, count, measured, sum, min, max FROM rollups WHERE series = $series AND step = $step AND time >= $from AND time < $to ORDER BY time LIMIT $limit",
            ("$series", 0L), ("$step", (long)query.Step), ("$from", query.From?.UtcTicks ?? 0L), ("$to", query.To?.UtcTicks ?? long.MaxValue), ("$limit", 0));
        var items = new List<Rollup>();
        foreach (SeriesEntry entry in Ordered(_series.Choose(query.Filter)))
        {
            cancellation.ThrowIfCancellationRequested();
            command.Parameters["$series"].Value = entry.Id;
            command.Parameters["$limit"].Value = query.Limit - items.Count;
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                RollupMeasure? measure = entry.Measure is { } name && reader.GetInt64(2) is > 0 and long measured
                    ? new RollupMeasure(name, measured, reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5))
                    : null;
                items.Add(new Rollup(Time(reader.GetInt64(0)), entry.Source, entry.Type, reader.GetInt64(1), measure));
            }

            if (items.Count >= query.Limit)
            {
                break;
            }
        }

        return (IReadOnlyList<Rollup>)items;
    }, cancellation);

    public Task<IReadOnlyList<NodeEntry>> ReadNodesAsync(long after, CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        using SqliteCommand command = Command(
            connection, "SELECT version, site, node, status, received FROM nodes WHERE version > $after ORDER BY version", ("$after", after));
        using SqliteDataReader reader = command.ExecuteReader();
        var nodes = new List<NodeEntry>();
        while (reader.Read())
        {
            nodes.Add(new NodeEntry(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), Time(reader.GetInt64(4))));
        }

        return (IReadOnlyList<NodeEntry>)nodes;
    }, cancellation);

    public Task<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(int limit, CancellationToken cancellation) => _readers.RunAsync(connection =>
    {
        using SqliteCommand command = Command(
            connection, "SELECT seq, topic, properties, payload, reason, arrival FROM dead_letters ORDER BY seq DESC LIMIT $limit", ("$limit", limit));
        using SqliteDataReader reader = command.ExecuteReader();
        var letters = new List<StoredDeadLetter>();
        while (reader.Read())
        {
            letters.Add(new StoredDeadLetter(reader.GetInt64(0), new DeadLetterRecord(
                reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetString(4), Time(reader.GetInt64(5)))));
        }

        return (IReadOnlyList<StoredDeadLetter>)letters;
    }, cancellation);
}
