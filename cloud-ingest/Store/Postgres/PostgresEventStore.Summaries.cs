using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    public async Task<IReadOnlyList<SeriesSummary>> ReadSeriesAsync(CancellationToken cancellation) => await ReadAsync(
        "SELECT id, source, type, count, last_time, last_arrival FROM series WHERE count > 0 ORDER BY source, type",
        reader =>
        {
            SeriesEntry entry = Series(reader.GetInt32(0), reader.GetString(1), reader.GetString(2));
            return new SeriesSummary(entry.Source, entry.Type, reader.GetInt64(3), Time(reader.GetInt64(4)), Time(reader.GetInt64(5)));
        },
        [], cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<Rollup>> ReadRollupsAsync(RollupQuery query, CancellationToken cancellation) => await ReadAsync(
        $"""
        SELECT s.id, s.source, s.type, r.time, r.count, r.measured, r.sum, r.min, r.max
        FROM series s CROSS JOIN LATERAL (
            SELECT * FROM rollups WHERE series = s.id AND step = $3 AND time >= $4 AND time < $5 ORDER BY time LIMIT $6) r
        WHERE {Chosen} ORDER BY s.source, s.type, r.time LIMIT $6
        """,
        reader =>
        {
            SeriesEntry entry = Series(reader.GetInt32(0), reader.GetString(1), reader.GetString(2));
            RollupMeasure? measure = entry.Measure is { } name && reader.GetInt64(5) is > 0 and long measured
                ? new RollupMeasure(name, measured, reader.GetDouble(6), reader.GetDouble(7), reader.GetDouble(8))
                : null;
            return new Rollup(Time(reader.GetInt64(3)), entry.Source, entry.Type, reader.GetInt64(4), measure);
        },
        [
            .. Parameters(query.Filter), Parameter((long)query.Step), Parameter(query.From?.UtcTicks ?? 0), Parameter(query.To?.UtcTicks ?? long.MaxValue),
            Parameter(query.Limit),
        ],
        cancellation).ConfigureAwait(false);

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

    private SeriesEntry Series(int id, string source, string type) =>
        _known.TryGetValue(id, out SeriesEntry? known) ? known : _known.GetOrAdd(id, SeriesEntry.Create(id, source, type));
}
