using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>What the new events of one transaction change in summaries and roll-ups: summed up here, written once a row.</summary>
internal sealed class AppendBatch
{
    private readonly Dictionary<long, SeriesChange> _series = [];
    private readonly Dictionary<(long Series, RollupStep Step, long Time), RollupChange> _rollups = [];

    public List<SqliteSeries.Entry> NewSeries { get; } = [];

    public int Added { get; private set; }

    public void Count(long series, long sequence, long time, long arrival, double? measure, RollupStep[] steps)
    {
        Added++;
        // A time ahead of the arrival ranks as the arrival: a clock that is ahead is 'latest' only until the next event arrives.
        long rank = Math.Min(time, arrival);
        ref SeriesChange change = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, series, out bool known);
        change.Count++;
        change.Arrival = Math.Max(change.Arrival, arrival);
        if (!known || rank >= change.Rank)
        {
            change.Rank = rank;
            change.Time = time;
            change.Sequence = sequence;
        }

        foreach (RollupStep step in steps)
        {
            long length = (long)step * TimeSpan.TicksPerMinute;
            ref RollupChange rollup = ref CollectionsMarshal.GetValueRefOrAddDefault(_rollups, (series, step, time - (time % length)), out _);
            rollup.Count++;
            rollup.Arrival = Math.Max(rollup.Arrival, arrival);
            if (measure is { } value)
            {
                rollup.Min = rollup.Measured == 0 ? value : Math.Min(rollup.Min, value);
                rollup.Max = rollup.Measured == 0 ? value : Math.Max(rollup.Max, value);
                rollup.Sum += value;
                rollup.Measured++;
            }
        }
    }

    public void Write(AppendStatements statements, SqliteTransaction transaction)
    {
        foreach ((long series, SeriesChange change) in _series)
        {
            AppendStatements.With(
                statements.UpdateSeries, transaction, series, change.Count, change.Arrival, change.Rank, change.Time, change.Sequence).ExecuteNonQuery();
        }

        foreach (((long series, RollupStep step, long time), RollupChange change) in _rollups)
        {
            AppendStatements.With(
                statements.AddRollup, transaction, series, (long)step, time, change.Count, change.Measured, change.Sum, change.Min, change.Max, change.Arrival).ExecuteNonQuery();
        }
    }

    private struct SeriesChange
    {
        public long Count;
        public long Arrival;
        public long Rank;
        public long Time;
        public long Sequence;
    }

    private struct RollupChange
    {
        public long Count;
        public long Measured;
        public double Sum;
        public double Min;
        public double Max;
        public long Arrival;
    }
}
