using Npgsql;
using NpgsqlTypes;

namespace Sensing.CloudIngest.Store.Postgres;

public sealed partial class PostgresEventStore
{
    /// <remarks>One statement, so one snapshot. Types without a measure are not looked up in rollup_measures.</remarks>
    public async Task<IReadOnlyList<Rollup>> ReadRollupsAsync(RollupQuery query, CancellationToken cancellation) => await ReadAsync(
        $"""
        SELECT s.id, s.source, s.type, s.measure, r.time, r.count, r.measured, r.sum, r.min, r.max, m.names, m.measured, m.sums, m.mins, m.maxs
        FROM series s CROSS JOIN LATERAL (
            SELECT * FROM rollups WHERE series = s.id AND step = $3 AND time >= $4 AND time < $5 ORDER BY time LIMIT $6) r
        LEFT JOIN LATERAL (
            SELECT array_agg(measure) AS names, array_agg(measured) AS measured, array_agg(sum) AS sums, array_agg(min) AS mins, array_agg(max) AS maxs
            FROM rollup_measures WHERE s.type = ANY ($7) AND series = s.id AND step = $3 AND time = r.time) m ON true
        WHERE {Chosen} ORDER BY s.source, s.type, r.time LIMIT $6
        """,
        Rollup,
        [
            .. Parameters(query.Filter), Parameter((long)query.Step), Parameter(query.From?.UtcTicks ?? 0), Parameter(query.To?.UtcTicks ?? long.MaxValue),
            Parameter(query.Limit), new NpgsqlParameter { Value = _catalogue.MeasuredTypes.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        ],
        cancellation).ConfigureAwait(false);

    private Rollup Rollup(NpgsqlDataReader reader)
    {
        SeriesEntry entry = Series(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3));
        SeriesMeasures known = entry.Measures;
        var measures = new RollupMeasure?[known.All.Count];
        if (measures.Length > 0 && reader.GetInt64(6) is > 0 and long measured)
        {
            measures[0] = new RollupMeasure(known.All[0], measured, reader.GetDouble(7), reader.GetDouble(8), reader.GetDouble(9));
        }

        if (!reader.IsDBNull(10))
        {
            string[] names = reader.GetFieldValue<string[]>(10);
            for (int i = 0; i < names.Length; i++)
            {
                if (known.PlaceOf(names[i]) is > 0 and int place)
                {
                    measures[place] = new RollupMeasure(
                        names[i], reader.GetFieldValue<long[]>(11)[i], reader.GetFieldValue<double[]>(12)[i], reader.GetFieldValue<double[]>(13)[i],
                        reader.GetFieldValue<double[]>(14)[i]);
                }
            }
        }

        return new Rollup(Time(reader.GetInt64(4)), entry.Source, entry.Type, reader.GetInt64(5), known.Choose(measures));
    }
}
