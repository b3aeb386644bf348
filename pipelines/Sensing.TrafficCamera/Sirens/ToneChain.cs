namespace Sensing.TrafficCamera.Sirens;

/// <summary>One tone over time within the window: its pitch, smoothed, and whether it moves. Reused from chain to chain.</summary>
internal sealed class ToneChain
{
    /// <summary>Windows on each side of one over which its slope is fitted: 176 ms together, short enough for a yelp.</summary>
    private const int Reach = 5;

    /// <summary>The same for a slow wail, whose slope within 176 ms is below the jitter of the pitch: 0.5 s together.</summary>
    private const int LongReach = 15;

    // A tone bends within the long reach where it turns; more than this is no straight glide.
    private const double MostLongRoughness = 0.01;

    // A slow wail falls by a third of an octave in 3 s; a steady horn of a car that passes at 50 km/h falls by 0.12 in more than a second.
    private const float LeastSlope = 0.07f;

    // Below it a fitted slope is not distinguishable from the jitter of the pitch.
    private const float LeastSignificance = 4;

    private readonly int[] _ages = new int[ToneTracker.Windows];
    private readonly TonePoint[] _points = new TonePoint[ToneTracker.Windows];
    private readonly float[] _slopes = new float[ToneTracker.Windows];
    private readonly float[] _roughness = new float[ToneTracker.Windows];
    private readonly bool[] _moving = new bool[ToneTracker.Windows];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ages => _ages.AsSpan(0, Count);

    public ReadOnlySpan<TonePoint> Points => _points.AsSpan(0, Count);

    /// <summary>Whether the tone moves at each point: by a slope that is significant and at least that of a slow wail.</summary>
    public ReadOnlySpan<bool> Moving => _moving.AsSpan(0, Count);

    /// <summary>Standard deviation of the pitch about the fitted line at each point, octaves.</summary>
    public ReadOnlySpan<float> Roughness => _roughness.AsSpan(0, Count);

    /// <summary>Fitted slope at each point, octaves a second.</summary>
    public ReadOnlySpan<float> Slopes => _slopes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Adds a point; called from the newest to the oldest.</summary>
    public void Add(int age, TonePoint point)
    {
        _ages[Count] = age;
        _points[Count] = point;
        Count++;
    }

    /// <summary>Fits the slopes once all points are there.</summary>
    public void Fit()
    {
        for (int i = 0; i < Count; i++)
        {
            FitAt(i, Reach);
            if (!_moving[i] && Count > 2 * Reach)
            {
                (float slope, float roughness) = (_slopes[i], _roughness[i]);
                FitAt(i, LongReach);
                if (!_moving[i] || _roughness[i] > MostLongRoughness)
                {
                    (_slopes[i], _roughness[i], _moving[i]) = (slope, roughness, false);
                }
            }
        }
    }

    private void FitAt(int at, int reach)
    {
        int from = at, to = at;
        while (from > 0 && _ages[at] - _ages[from - 1] <= reach)
        {
            from--;
        }

        while (to < Count - 1 && _ages[to + 1] - _ages[at] <= reach)
        {
            to++;
        }

        int n = to - from + 1;
        double st = 0, sp = 0, stt = 0, stp = 0, spp = 0;
        for (int i = from; i <= to; i++)
        {
            double t = (_ages[at] - _ages[i]) * ChirpSpectrum.SecondsPerHop, p = _points[i].Pitch - _points[at].Pitch;
            st += t;
            sp += p;
            stt += t * t;
            stp += t * p;
            spp += p * p;
        }

        double spread = stt - (st * st / n);
        if (n < Reach || spread <= 0)
        {
            (_slopes[at], _roughness[at], _moving[at]) = (0, 0.1f, false);
            return;
        }

        double slope = (stp - (st * sp / n)) / spread;
        double residual = Math.Max(spp - (sp * sp / n) - (slope * slope * spread), 0) / Math.Max(n - 2, 1);
        // A bin is interpolated to about a fiftieth at best: 0.0005 octaves at 1 kHz.
        double error = Math.Sqrt((residual + 2.5e-7) / spread);
        _slopes[at] = (float)slope;
        _roughness[at] = (float)Math.Sqrt(residual);
        _moving[at] = Math.Abs(slope) >= LeastSlope && Math.Abs(slope) >= LeastSignificance * error;
    }
}
