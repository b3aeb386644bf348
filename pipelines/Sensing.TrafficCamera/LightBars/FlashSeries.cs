namespace Sensing.TrafficCamera.LightBars;

/// <summary>Finds flashes in a series of a cell's brightness and joins those that follow closely to groups.</summary>
internal sealed class FlashSeries(int longest)
{
    // The slowest period and a little more: the baseline of a lamp that is lit for up to half of the time is its dark
    // level.
    private const double BaselineSeconds = 0.6;

    // Three pulses of 40 ms and the gaps between them, which a slow camera does not resolve; an indicator is lit for
    // longer.
    private const double LongestFlashSeconds = 0.29;
    private const float Significance = 4;

    // Weaker rises beside a strong lamp are edges that pass through the cell.
    private const float ShareOfStrongest = 0.35f;

    private readonly byte[] _sorted = new byte[longest];
    private readonly float[] _rise = new float[longest];
    private readonly float[] _deviations = new float[longest];
    private readonly Flash[] _flashes = new Flash[longest];
    private readonly float[] _groups = new float[longest];

    /// <summary>The flashes found by <see cref="Find"/>.</summary>
    public ReadOnlySpan<Flash> Flashes => _flashes.AsSpan(0, Count);

    /// <summary>Flashes found.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a good part of what was found lasts too long for a lamp that flashes.</summary>
    public bool IsLong { get; private set; }

    /// <summary>Mean time for which the lamp stays lit without a dark frame, s.</summary>
    public double LitSeconds { get; private set; }

    /// <summary>Finds the flashes.</summary>
    /// <param name="seconds">Time of each frame.</param>
    /// <param name="values">Brightness of each frame.</param>
    /// <param name="least">Smallest rise of a flash.</param>
    /// <param name="frameSeconds">Typical time between two frames.</param>
    /// <returns>How many flashes; 0 where some of them last too long for a lamp that flashes.</returns>
    public int Find(ReadOnlySpan<float> seconds, ReadOnlySpan<byte> values, float least, double frameSeconds)
    {
        int n = seconds.Length;
        (Count, IsLong) = (0, false);
        if (n < 3 || System.Numerics.Tensors.TensorPrimitives.Max(values[..n]) - System.Numerics.Tensors.TensorPrimitives.Min(values[..n]) < least)
        {
            return 0;
        }

        Rise(seconds, values);
        float strongest = Strongest(n), significant = Significance * Deviation(n);
        float threshold = Math.Max(Math.Max(least, ShareOfStrongest * strongest), significant);
        int tooLong = 0;
        double lit = 0;
        for (int i = 0; i < n;)
        {
            if (_rise[i] < threshold)
            {
                i++;
                continue;
            }

            int begin = i;
            float sum = 0, moment = 0, peak = 0;
            while (i < n && _rise[i] >= threshold)
            {
                sum += _rise[i];
                peak = Math.Max(peak, _rise[i]);
                moment += _rise[i] * (seconds[i] - seconds[begin]);
                i++;
            }

            double duration = (i - begin) * frameSeconds;
            if (duration > LongestFlashSeconds + (0.5 * frameSeconds))
            {
                tooLong++;
            }
            else if (begin > 0 && i < n)
            {
                lit += duration;
                _flashes[Count++] = new Flash(begin, i, seconds[begin] + (moment / sum), sum, peak);
            }
        }

        LitSeconds = Count > 0 ? lit / Count : 0;
        IsLong = tooLong * 3 > Count
            || (Count == 0 && LongRuns(n, Math.Max(least, strongest / 2), frameSeconds) >= FlashPeriodicity.LeastGroups);
        return Count = IsLong ? 0 : Count;
    }

    /// <summary>Median of the flashes' largest rises.</summary>
    public float MedianPeak()
    {
        for (int i = 0; i < Count; i++)
        {
            _deviations[i] = _flashes[i].Peak;
        }

        Span<float> peaks = _deviations.AsSpan(0, Count);
        peaks.Sort();
        return peaks[Count / 2];
    }

    /// <summary>Joins flashes that follow within a time; returns the centre of each group's light.</summary>
    public ReadOnlySpan<float> Groups(double gapSeconds)
    {
        int groups = 0;
        for (int i = 0; i < Count;)
        {
            Flash first = _flashes[i];
            double light = 0, moment = 0;
            float last = first.Seconds;
            while (i < Count && _flashes[i].Seconds - last <= gapSeconds && _flashes[i].Seconds - first.Seconds <= LongestFlashSeconds)
            {
                last = _flashes[i].Seconds;
                light += _flashes[i].Light;
                moment += _flashes[i].Light * (last - first.Seconds);
                i++;
            }

            _groups[groups++] = first.Seconds + (float)(moment / light);
        }

        return _groups.AsSpan(0, groups);
    }

    /// <summary>How often the series stays above a threshold for too long, where noise hides its flashes.</summary>
    private int LongRuns(int n, float threshold, double frameSeconds)
    {
        int runs = 0;
        for (int i = 0, begin = 0; i <= n; i++)
        {
            if (i < n && _rise[i] >= threshold)
            {
                continue;
            }

            runs += (i - begin) * frameSeconds > LongestFlashSeconds + (0.5 * frameSeconds) ? 1 : 0;
            begin = i + 1;
        }

        return runs;
    }

    private void Rise(ReadOnlySpan<float> seconds, ReadOnlySpan<byte> values)
    {
        int from = 0, to = 0;
        for (int i = 0; i < seconds.Length; i++)
        {
            while (seconds[i] - seconds[from] > BaselineSeconds)
            {
                from++;
            }

            while (to < seconds.Length && seconds[to] - seconds[i] <= BaselineSeconds)
            {
                to++;
            }

            Span<byte> near = _sorted.AsSpan(0, to - from);
            values[from..to].CopyTo(near);
            near.Sort();
            _rise[i] = values[i] - near[near.Length / 4];
        }
    }

    /// <summary>The third largest rise that is a local maximum: a rhythm needs as many.</summary>
    private float Strongest(int n)
    {
        (float first, float second, float third) = (0, 0, 0);
        for (int i = 1; i < n - 1; i++)
        {
            float here = _rise[i];
            if (here <= third || here < _rise[i - 1] || here <= _rise[i + 1])
            {
                continue;
            }

            (first, second, third) = here > first ? (here, first, second) : here > second ? (first, here, second) : (first, second, here);
        }

        return third;
    }

    /// <summary>Standard deviation of the dark frames, from the smaller 40 % of all deviations (0.524 σ of a normal
    /// distribution).</summary>
    private float Deviation(int n)
    {
        for (int i = 0; i < n; i++)
        {
            _deviations[i] = Math.Abs(_rise[i]);
        }

        Span<float> deviations = _deviations.AsSpan(0, n);
        deviations.Sort();
        return deviations[n * 2 / 5] / 0.524f;
    }
}
