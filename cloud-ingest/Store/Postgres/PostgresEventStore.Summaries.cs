using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    public async Task<IReadOnlyList<SeriesSummary>> ReadSeriesAsync(CancellationToken cancellation) => await ReadAsync(
        "SELECT id, source, type, measure, count, last_time, last_arrival FROM series WHERE count > 0 ORDER BY source, type",
        reader =>
        {
            SeriesEntry entry = Series(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3));
            return new SeriesSummary(entry.Source, entry.Type, reader.GetInt64(4), Time(reader.GetInt64(5)), Time(reader.GetInt64(6)));
        },
        [], cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<NodeEntry>> ReadNodesAsync(long after, CancellationToken cancellation) => await ReadAsync(
        "SELECT version, site, node, status, received FROM nodes WHERE version > $1 ORDER BY version",
        reader => new NodeEntry(
            reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), Time(reader.GetInt64(4))),
        [Parameter(after)], cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(int limit, CancellationToken cancellation) => await ReadAsync(
        "SELECT seq, topic, properties, payload, reason, arrival FROM dead_letters ORDER BY seq DESC LIMIT $1",
        reader => new StoredDeadLetter(reader.GetInt64(0), new DeadLetterRecord(
            reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetString(4), Time(reader.GetInt64(5)))),
        [Parameter(limit)], cancellation).ConfigureAwait(false);

    private SeriesEntry Series(int id, string source, string type, string? measure) =>
        _known.TryGetValue(id, out SeriesEntry? known) ? known : _known.GetOrAdd(id, _catalogue.Create(id, source, type, measure));
}
