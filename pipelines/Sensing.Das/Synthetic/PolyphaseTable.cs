using System.Numerics;

namespace Sensing.Das.Synthetic;

/// <summary>A function of distance, tabled so that it can be added to a row of equally spaced channels at vector speed.</summary>
/// <remarks>
/// The step is 1/m of the channel step. Phase p holds the entries p, p + m, p + 2m, …, one behind the other, so that
/// neighbouring channels read neighbouring entries; between two phases it is interpolated linearly.
/// </remarks>
internal sealed class PolyphaseTable
{
    private readonly int _phases;
    private readonly int _half;
    private readonly float[][] _entries;

    /// <param name="channelStepM">Distance from channel to channel, m.</param>
    /// <param name="phases">m: table steps for a channel step.</param>
    /// <param name="reachM">The function is nil from here on, on both sides.</param>
    /// <param name="function">Value at a distance (channel minus vehicle), m.</param>
    public PolyphaseTable(double channelStepM, int phases, double reachM, Func<double, double> function)
    {
        _phases = phases;
        _half = (int)Math.Ceiling(reachM / channelStepM) + 1;
        _entries = new float[phases + 1][];
        for (int p = 0; p <= phases; p++)
        {
            _entries[p] = new float[(2 * _half) + 1];
            for (int i = 0; i < _entries[p].Length; i++)
            {
                _entries[p][i] = (float)function((i - _half + ((double)p / phases)) * channelStepM);
            }
        }
    }

    /// <summary>row[c] += gain · f(c − place) for every channel within reach.</summary>
    /// <param name="row">A row of channels.</param>
    /// <param name="place">Where the vehicle is, in channel steps from channel 0.</param>
    /// <param name="gain">Factor.</param>
    public void AddTo(Span<float> row, double place, float gain)
    {
        // Channel c is at c − place = (c − base) + part with part in [0, 1).
        int lower = (int)Math.Ceiling(place);
        double part = (lower - place) * _phases;
        int phase = Math.Min((int)part, _phases - 1);
        float upper = gain * (float)(part - phase);
        float low = gain - upper;
        int first = Math.Max(0, lower - _half);
        int end = Math.Min(row.Length, lower + _half + 1);
        if (first >= end)
        {
            return;
        }

        int offset = first - (lower - _half);
        Span<float> target = row[first..end];
        ReadOnlySpan<float> a = _entries[phase].AsSpan(offset, target.Length);
        ReadOnlySpan<float> b = _entries[phase + 1].AsSpan(offset, target.Length);
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(target[i..]) + (low * new Vector<float>(a[i..])) + (upper * new Vector<float>(b[i..]))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = target[i] + (low * a[i]) + (upper * b[i]);
        }
    }
}
