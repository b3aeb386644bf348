namespace Sensing.TrafficCamera.Sirens;

/// <summary>What the last three seconds of tones have of a siren: numbers for the model.</summary>
internal sealed class SirenFeatures
{
    /// <summary>Names of the features, in order.</summary>
    public static readonly string[] Names =
    [
        "moving share", "glide share, log", "longest glide", "largest glide", "prominence of moving tones", "steady share", "tones at once",
        "crowding", "changes of two tones", "roughness", "moving share in few tones", "prominence of steady tones",
        "moving share of strongest tone", "comb", "comb of glides", "changes without movement", "glide share of strongest tone, log",
        "glides above 1,700 Hz",
    ];

    public static int Count => Names.Length;

    // 128 ms: shorter rows of points are chance.
    private const int ShortestChain = 8;

    // Harmonics of a siren are as far apart as its fundamental: 450 Hz and more. Those of engines and voices are closer.
    private const float CrowdedHz = 330;
    private const float HardlyMoves = 0.05f;

    // 112 ms and half a semitone: less is jitter or vibrato.
    private const int ShortestGlide = 7;
    private const float SmallestGlide = 0.04f;
    private const float HighPitch = 10.73f;

    private readonly ToneChain _chain = new();
    private readonly TwoTone _twoTone = new();
    private readonly bool[] _visited = new bool[ToneTracker.Windows * TonePeaks.Most];
    private readonly bool[] _movingAt = new bool[ToneTracker.Windows];
    private readonly bool[] _clearAt = new bool[ToneTracker.Windows];
    private readonly bool[] _steadyAt = new bool[ToneTracker.Windows];
    private readonly bool[] _strongestAt = new bool[ToneTracker.Windows];
    private readonly bool[] _glideAt = new bool[ToneTracker.Windows];
    private readonly bool[] _strongGlideAt = new bool[ToneTracker.Windows];

    /// <summary>Computes the features of the tones that are kept.</summary>
    public void Compute(ToneTracker tones, Span<float> features)
    {
        _visited.AsSpan().Clear();
        _movingAt.AsSpan().Clear();
        _clearAt.AsSpan().Clear();
        _steadyAt.AsSpan().Clear();
        _strongestAt.AsSpan().Clear();
        _glideAt.AsSpan().Clear();
        _strongGlideAt.AsSpan().Clear();
        _twoTone.Clear();
        Sums sums = default;
        for (int age = 0; age < tones.Filled; age++)
        {
            ReadOnlySpan<TonePoint> points = tones.At(age);
            sums.Tones += points.Length;
            for (int i = 0; i < points.Length; i++)
            {
                if (!_visited[(age * TonePeaks.Most) + i])
                {
                    Collect(tones, age, points[i].Track);
                    if (_chain.Count >= ShortestChain)
                    {
                        _chain.Fit();
                        Take(tones, ref sums);
                    }
                }
            }
        }

        // Shares of three seconds, also while fewer are known: a siren must have sounded for a while.
        const float All = ToneTracker.Windows;
        float moving = Share(_movingAt), glide = Share(_glideAt), changes = Math.Min(_twoTone.Changes(tones), 4) / 2f;
        float comb = sums.Moving > 0 ? sums.Comb / sums.Moving : 0;
        features[0] = moving;
        features[1] = MathF.Log10(glide + 0.01f);
        features[2] = MathF.Sqrt(sums.LongestGlide / All);
        features[3] = Math.Min(sums.LargestGlide, 1);
        features[4] = sums.Moving > 0 ? sums.MovingDb / sums.Moving / 10 : 0.7f;
        features[5] = Share(_steadyAt);
        features[6] = MathF.Log2(1 + (sums.Tones / All));
        features[7] = sums.Moving > 0 ? sums.Crowded / sums.Moving : 0;
        features[8] = changes;
        features[9] = sums.Moving > 0 ? MathF.Log10((sums.Roughness / sums.Moving) + 1e-4f) : -2;
        features[10] = Share(_clearAt);
        features[11] = sums.Steady > 0 ? sums.SteadyDb / sums.Steady / 10 : 0.7f;
        features[12] = Share(_strongestAt);
        features[13] = comb;
        features[14] = MathF.Sqrt(comb * glide);
        features[15] = changes * (1 - moving);
        features[16] = MathF.Log10(Share(_strongGlideAt) + 0.01f);
        features[17] = sums.Gliding > 0 ? sums.High / (float)sums.Gliding : 0;
    }

    private static float Share(bool[] windows) => windows.AsSpan().Count(true) / (float)windows.Length;

    /// <summary>Gathers the points of a track from a window back.</summary>
    private void Collect(ToneTracker tones, int newest, int track)
    {
        _chain.Clear();
        int last = newest;
        for (int age = newest; age < tones.Filled && age - last <= ToneTracker.LongestGap; age++)
        {
            ReadOnlySpan<TonePoint> points = tones.At(age);
            for (int i = 0; i < points.Length; i++)
            {
                if (points[i].Track == track)
                {
                    _visited[(age * TonePeaks.Most) + i] = true;
                    _chain.Add(age, points[i]);
                    last = age;
                    break;
                }
            }
        }
    }

    private void Take(ToneTracker tones, ref Sums sums)
    {
        int moving = 0;
        for (int i = 0; i < _chain.Count; i++)
        {
            TonePoint point = _chain.Points[i];
            int age = _chain.Ages[i];
            if (!_chain.Moving[i])
            {
                if (Math.Abs(_chain.Slopes[i]) < HardlyMoves)
                {
                    _steadyAt[age] = true;
                    sums.Steady++;
                    sums.SteadyDb += point.ProminenceDb;
                }

                _twoTone.Add(age, point);
                continue;
            }

            moving++;
            sums.MovingDb += point.ProminenceDb;
            sums.Roughness += _chain.Roughness[i];
            ReadOnlySpan<TonePoint> all = tones.At(age);
            bool crowded = Crowded(all, point);
            sums.Crowded += crowded ? 1 : 0;
            sums.Comb += tones.CombAt(age);
            _movingAt[age] = true;
            _clearAt[age] |= !crowded && all.Length <= 5;
            _strongestAt[age] |= point.ProminenceDb >= all[0].ProminenceDb - 3;
        }

        sums.Moving += moving;
        TakeGlides(tones, ref sums);
    }

    /// <summary>Finds stretches in which the tone moves one way.</summary>
    private void TakeGlides(ToneTracker tones, ref Sums sums)
    {
        for (int from = 0; from < _chain.Count;)
        {
            int to = from;
            float octaves = 0;
            while (to < _chain.Count && _chain.Moving[to] && _chain.Slopes[to] * _chain.Slopes[from] > 0)
            {
                int windows = to > from ? _chain.Ages[to] - _chain.Ages[to - 1] : 1;
                octaves += Math.Abs(_chain.Slopes[to]) * windows * (float)ChirpSpectrum.SecondsPerHop;
                to++;
            }

            if (to > from)
            {
                int windows = _chain.Ages[to - 1] - _chain.Ages[from] + 1;
                if (windows >= ShortestGlide && octaves >= SmallestGlide)
                {
                    sums.LongestGlide = Math.Max(sums.LongestGlide, windows);
                    sums.LargestGlide = Math.Max(sums.LargestGlide, octaves);
                    for (int i = from; i < to; i++)
                    {
                        int age = _chain.Ages[i];
                        _glideAt[age] = true;
                        _strongGlideAt[age] |= _chain.Points[i].ProminenceDb >= tones.At(age)[0].ProminenceDb - 3;
                        sums.Gliding++;
                        sums.High += _chain.Points[i].Pitch > HighPitch ? 1 : 0;
                    }
                }
            }

            from = Math.Max(to, from + 1);
        }
    }

    private static bool Crowded(ReadOnlySpan<TonePoint> all, TonePoint point)
    {
        float hertz = MathF.Exp(point.Pitch * 0.6931472f);
        foreach (TonePoint other in all)
        {
            float distance = Math.Abs(MathF.Exp(other.Pitch * 0.6931472f) - hertz);
            if (distance is > 1 and < CrowdedHz && other.ProminenceDb > point.ProminenceDb - 10)
            {
                return true;
            }
        }

        return false;
    }

    private struct Sums
    {
        public int Tones;
        public int Moving;
        public int Steady;
        public int LongestGlide;
        public float LargestGlide;
        public int Gliding;
        public int High;
        public float MovingDb;
        public float SteadyDb;
        public float Comb;
        public float Crowded;
        public float Roughness;
    }
}
