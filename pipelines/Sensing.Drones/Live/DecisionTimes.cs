using System.Diagnostics;

namespace Sensing.Drones.Live;

/// <summary>How long the scheduler's latest decisions took.</summary>
internal sealed class DecisionTimes
{
    private const int Kept = 4096;

    /// <summary>Decisions after which the percentile is computed again.</summary>
    private const int Fresh = 128;

    private readonly long[] _ticks = new long[Kept];
    private long _count;
    private long _computedAt = -Fresh;
    private double? _percentile;

    public void Add(long ticks) => _ticks[_count++ % Kept] = ticks;

    /// <summary>99th percentile, ms; null before the first.</summary>
    public double? Percentile99()
    {
        int count = (int)Math.Min(_count, Kept);
        if (count == 0 || _count - _computedAt < Fresh)
        {
            return _percentile;
        }

        _computedAt = _count;
        long[] sorted = _ticks[..count];
        Array.Sort(sorted);
        return _percentile = sorted[(int)(0.99 * (count - 1))] * 1000.0 / Stopwatch.Frequency;
    }
}
