namespace Sensing.TrafficCamera.Sirens;

/// <summary>Looks for two steady tones that take turns without a pause: the European two-tone horn ("hi-lo").</summary>
/// <remarks>DIN 14610 asks for tones whose ratio is a fourth (4:3), about 0.35 to 0.75 s each; France uses a fourth to a fifth, Britain and the United States
/// wider steps. A chord of a horn sounds both tones at once; a melody moves on to a third tone; a cuckoo or a doorbell pauses after the second.</remarks>
internal sealed class TwoTone
{
    private const int ShortestRun = 9;
    private const int LongestRun = 110;
    private const int LongestPause = 9;
    private const int LongestHole = 3;
    private const float SamePitch = 0.03f;
    private const float LeastStep = 0.12f;
    private const float MostStep = 0.9f;

    private readonly float[] _dominant = new float[ToneTracker.Windows];
    private readonly float[] _strength = new float[ToneTracker.Windows];
    private readonly (int Oldest, int Newest, float Pitch)[] _runs = new (int, int, float)[(ToneTracker.Windows / ShortestRun) + 1];

    public void Clear()
    {
        _dominant.AsSpan().Clear();
        _strength.AsSpan().Clear();
    }

    /// <summary>Takes a steady stretch of a tone's point.</summary>
    public void Add(int age, TonePoint point)
    {
        if (point.ProminenceDb > _strength[age])
        {
            _strength[age] = point.ProminenceDb;
            _dominant[age] = point.Pitch;
        }
    }

    /// <summary>Changes between the same two tones in the longest row of them; 0: fewer than two.</summary>
    public int Changes(ToneTracker tones)
    {
        int runs = FindRuns(tones.Filled);
        int most = 0, changes = 0;
        for (int r = 1; r < runs; r++)
        {
            (int Oldest, int Newest, float Pitch) before = _runs[r - 1], here = _runs[r];
            float step = Math.Abs(here.Pitch - before.Pitch);
            bool change = before.Newest - here.Oldest - 1 <= LongestPause && step is >= LeastStep and <= MostStep
                && !Sounds(tones, here, before.Pitch) && !Sounds(tones, before, here.Pitch);
            bool returns = changes > 0 && Math.Abs(_runs[r - 2].Pitch - here.Pitch) <= SamePitch;
            changes = !change ? 0 : returns ? changes + 1 : 1;
            most = Math.Max(most, changes);
        }

        return most < 2 ? 0 : most;
    }

    /// <summary>Runs of one pitch, the oldest first.</summary>
    private int FindRuns(int filled)
    {
        int runs = 0;
        int age = filled - 1;
        while (age >= 0)
        {
            if (_strength[age] <= 0)
            {
                age--;
                continue;
            }

            int oldest = age, newest = age;
            float pitch = _dominant[age];
            for (int next = age - 1; next >= 0 && newest - next <= LongestHole; next--)
            {
                if (_strength[next] > 0 && Math.Abs(_dominant[next] - pitch) <= SamePitch)
                {
                    newest = next;
                }
            }

            int length = oldest - newest + 1;
            if (length is >= ShortestRun and <= LongestRun && runs < _runs.Length)
            {
                _runs[runs++] = (oldest, newest, pitch);
            }

            age = newest - 1;
        }

        return runs;
    }

    /// <summary>Whether a pitch sounds during most of a run.</summary>
    private static bool Sounds(ToneTracker tones, (int Oldest, int Newest, float Pitch) run, float pitch)
    {
        int sounds = 0;
        for (int age = run.Newest; age <= run.Oldest; age++)
        {
            foreach (TonePoint point in tones.At(age))
            {
                if (Math.Abs(point.Pitch - pitch) <= SamePitch)
                {
                    sounds++;
                    break;
                }
            }
        }

        return sounds * 2 > run.Oldest - run.Newest + 1;
    }
}
