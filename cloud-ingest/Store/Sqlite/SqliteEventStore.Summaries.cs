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
