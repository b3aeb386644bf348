using System.Runtime.InteropServices;

namespace Sensing.CloudIngest.Store;

/// <summary>What the new events of one transaction change in summaries and roll-ups: summed up here in the order of the events, the
/// same for every store, and written once a row.</summary>
internal sealed class AppendChanges
{
    private static readonly RollupStep[] Steps = Enum.GetValues<RollupStep>();

    private readonly Dictionary<long, SeriesChange> _series = [];
    private readonly Dictionary<(long Series, RollupStep Step, long Time), RollupChange> _rollups = [];
    private double[] _values = new double[4];

    public IReadOnlyDictionary<long, SeriesChange> Series => _series;

    public IReadOnlyDictionary<(long Series, RollupStep Step, long Time), RollupChange> Rollups => _rollups;

    /// <summary>Events counted.</summary>
    public int Added { get; private set; }

    /// <param name="series">The series of the event.</param>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="time">Its time, ticks of 100 ns.</param>
    /// <param name="arrival">Its arrival, ticks of 100 ns.</param>
    /// <param name="data">Its payload.</param>
    public void Count(SeriesEntry series, long sequence, long time, long arrival, ReadOnlySpan<byte> data)
    {
        Added++;
        // A time ahead of the arrival ranks as the arrival: a clock that is ahead is 'latest' only until the next event arrives.
        long rank = Math.Min(time, arrival);
        ref SeriesChange change = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, series.Id, out bool known);
        change.Count++;
        change.Arrival = Math.Max(change.Arrival, arrival);
        if (!known || rank >= change.Rank)
        {
            change.Rank = rank;
            change.Time = time;
            change.Sequence = sequence;
        }

        Span<double> values = Values(series.Measures, data);
        foreach (RollupStep step in Steps)
        {
            long length = (long)step * TimeSpan.TicksPerMinute;
            ref RollupChange rollup = ref CollectionsMarshal.GetValueRefOrAddDefault(_rollups, (series.Id, step, time - (time % length)), out _);
            rollup.Count++;
            rollup.Arrival = Math.Max(rollup.Arrival, arrival);
            if (values.Length > 0)
            {
                rollup.First.Add(values[0]);
            }

            if (values.Length > 1)
            {
                MeasureChange[] further = rollup.Further ??= new MeasureChange[values.Length - 1];
                for (int i = 0; i < further.Length; i++)
                {
                    further[i].Add(values[i + 1]);
                }
            }
        }
    }

    private Span<double> Values(SeriesMeasures measures, ReadOnlySpan<byte> data)
    {
        int count = measures.All.Count;
        if (count == 0)
        {
            return [];
        }

        if (_values.Length < count)
        {
            _values = new double[count];
        }

        Span<double> values = _values.AsSpan(0, count);
        measures.Read(data, values);
        return values;
    }
}
