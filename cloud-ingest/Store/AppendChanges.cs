using System.Runtime.InteropServices;

namespace Sensing.CloudIngest.Store;

/// <summary>What the new events of one transaction change in summaries and roll-ups: summed up here in the order of the events, the
/// same for every store, and written once a row.</summary>
internal sealed class AppendChanges
{
    private static readonly RollupStep[] Steps = Enum.GetValues<RollupStep>();

    private readonly Dictionary<long, SeriesChange> _series = [];
    private readonly Dictionary<(long Series, RollupStep Step, long Time), RollupChange> _rollups = [];

    public IReadOnlyDictionary<long, SeriesChange> Series => _series;

    public IReadOnlyDictionary<(long Series, RollupStep Step, long Time), RollupChange> Rollups => _rollups;

    /// <summary>Events counted.</summary>
    public int Added { get; private set; }

    public void Count(long series, long sequence, long time, long arrival, double? measure)
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

        foreach (RollupStep step in Steps)
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
}
