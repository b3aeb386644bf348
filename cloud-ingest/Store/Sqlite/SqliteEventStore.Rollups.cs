using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

public sealed partial class SqliteEventStore
{
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
            var rows = new List<(long Time, long Count, RollupMeasure?[] Measures)>();
            using (SqliteDataReader reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    var measures = new RollupMeasure?[entry.Measures.All.Count];
                    if (measures.Length > 0 && reader.GetInt64(2) is > 0 and long measured)
                    {
                        measures[0] = new RollupMeasure(entry.Measures.All[0], measured, reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5));
                    }

                    rows.Add((reader.GetInt64(0), reader.GetInt64(1), measures));
                }
            }

            if (entry.Measures.All.Count > 1 && rows.Count > 0)
            {
                ReadFurther(connection, entry, query.Step, rows);
            }

            items.AddRange(rows.Select(row => new Rollup(Time(row.Time), entry.Source, entry.Type, row.Count, entry.Measures.Choose(row.Measures))));
            if (items.Count >= query.Limit)
            {
                break;
            }
        }

        return (IReadOnlyList<Rollup>)items;
    }, cancellation);

    /// <summary>Completes roll-ups of one series with its further measures: both are of the same snapshot.</summary>
    private static void ReadFurther(
        SqliteConnection connection, SeriesEntry entry, RollupStep step, List<(long Time, long Count, RollupMeasure?[] Measures)> rows)
    {
        using SqliteCommand command = Command(
            connection,
            "SELECT time, measure, measured, sum, min, max FROM rollup_measures WHERE series = $series AND step = $step AND time >= $from AND time <= $to ORDER BY time",
            ("$series", entry.Id), ("$step", (long)step), ("$from", rows[0].Time), ("$to", rows[^1].Time));
        using SqliteDataReader reader = command.ExecuteReader();
        int at = 0;
        while (reader.Read())
        {
            // Both in the order of time, and every row here has one there.
            while (rows[at].Time < reader.GetInt64(0))
            {
                at++;
            }

            if (entry.Measures.PlaceOf(reader.GetString(1)) is > 0 and int place)
            {
                rows[at].Measures[place] =
                    new RollupMeasure(reader.GetString(1), reader.GetInt64(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5));
            }
        }
    }
}
