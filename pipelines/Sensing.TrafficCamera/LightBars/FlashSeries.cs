namespace Sensing.TrafficCamera.LightBars;

/// <summary>Finds short flashes in a series of a cell's brightness.</summary>
internal sealed class FlashSeries(int longest)
{
    // Median over a second: longer than a group of pulses, shorter than a vehicle's approach.
    private const double BaselineSeconds = 0.6;
    private const double LongestFlashSeconds = 0.21;
    private const double LongestFlashFrames = 2;
    private const float Significance = 5;

    private readonly byte[] _sorted = new byte[longest];
    private readonly float[] _rise = new float[longest];
    private readonly float[] _deviations = new float[longest];

    /// <summary>Rise over the baseline of each frame.</summary>
    public ReadOnlySpan<float> Rise => _rise;

    /// <summary>Marks the frames in which a flash begins.</summary>
    /// <param name="seconds">Time of each frame.</param>
    /// <param name="values">Brightness of each frame.</param>
    /// <param name="least">Smallest rise of a flash.</param>
    /// <param name="begins">The marks.</param>
    /// <returns>How many flashes; 0 where some of them last too long for a lamp that flashes.</returns>
    public int Find(ReadOnlySpan<float> seconds, ReadOnlySpan<byte> values, float least, Span<bool> begins)
    {
        int n = seconds.Length;
        int from = 0, to = 0;
        for (int i = 0; i < n; i++)
        {
            while (seconds[i] - seconds[from] > BaselineSeconds)
            {
                from++;
            }

            while (to < n && seconds[to] - seconds[i] <= BaselineSeconds)
            {
                to++;
            }

            Span<byte> near = _sorted.AsSpan(0, to - from);
            values[from..to].CopyTo(near);
            near.Sort();
            // A little below the median: light bars that flash in every third frame leave fewer dark ones.
            byte baseline = near[(near.Length * 2) / 5];
            _rise[i] = values[i] - baseline;
            _deviations[i] = Math.Abs(_rise[i]);
        }

        Span<float> deviations = _deviations.AsSpan(0, n);
        deviations.Sort();
        float threshold = Math.Max(least, Significance * 1.4826f * deviations[n / 2]);
        begins[..n].Clear();
        int flashes = 0, tooLong = 0;
        for (int i = 0; i < n; i++)
        {
            if (_rise[i] < threshold || (i > 0 && _rise[i - 1] >= threshold))
            {
                continue;
            }

            int end = i;
            while (end < n && _rise[end] >= threshold)
            {
                end++;
            }

            bool whole = i > 0 && end < n;
            float lit = seconds[Math.Min(end, n - 1)] - seconds[i];
            if (whole && lit > LongestFlashSeconds && end - i > LongestFlashFrames)
            {
                tooLong++;
            }
            else if (whole)
            {
                begins[i] = true;
                flashes++;
            }
        }

        return tooLong * 3 > flashes ? 0 : flashes;
    }
}
