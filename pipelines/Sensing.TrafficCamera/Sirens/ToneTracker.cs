using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Joins tones of successive windows to tracks, and keeps the last three seconds of them.</summary>
internal sealed class ToneTracker : IResumable
{
    /// <summary>Windows that are kept: 3 s.</summary>
    public const int Windows = 188;

    /// <summary>Windows that a track survives without a tone: 64 ms.</summary>
    public const int LongestGap = 4;

    // A tone may be this far from where its track expects it: a bin's width at 500 Hz, and a part of its own movement.
    private const float GateOctaves = 0.035f;
    private const float GateOfMovement = 0.5f;

    private readonly TonePoint[] _points = new TonePoint[Windows * TonePeaks.Most];
    private readonly int[] _counts = new int[Windows];
    private readonly float[] _combs = new float[Windows];
    private readonly bool[] _taken = new bool[TonePeaks.Most];
    private int _newest = -1;
    private int _filled;
    private int _nextTrack = 1;

    /// <summary>Windows known, at most <see cref="Windows"/>.</summary>
    public int Filled => _filled;

    /// <summary>Tones of a window.</summary>
    /// <param name="age">0: the newest.</param>
    public ReadOnlySpan<TonePoint> At(int age)
    {
        int slot = Slot(age);
        return _points.AsSpan(slot * TonePeaks.Most, _counts[slot]);
    }

    /// <summary>Strength of the comb of low harmonics in a window, see <see cref="HarmonicComb"/>.</summary>
    public float CombAt(int age) => _combs[Slot(age)];

    /// <summary>Adds a window, strongest tone first.</summary>
    public void Add(ReadOnlySpan<TonePoint> points, float comb)
    {
        _newest = (_newest + 1) % Windows;
        _filled = Math.Min(_filled + 1, Windows);
        _counts[_newest] = points.Length;
        _combs[_newest] = comb;
        Span<TonePoint> mine = _points.AsSpan(_newest * TonePeaks.Most, points.Length);
        points.CopyTo(mine);
        for (int age = 1; age <= LongestGap && age < _filled; age++)
        {
            Continue(mine, At(age), age);
        }

        for (int i = 0; i < mine.Length; i++)
        {
            if (mine[i].Track == 0)
            {
                mine[i] = mine[i] with { Track = _nextTrack };
                // Numbers only need to differ within three seconds.
                _nextTrack = _nextTrack == int.MaxValue ? 1 : _nextTrack + 1;
            }
        }
    }

    public void Clear()
    {
        _newest = -1;
        _filled = 0;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("tones-1");
        state.Write(_newest);
        state.Write(_filled);
        state.Write(_nextTrack);
        state.WriteArray<int>(_counts);
        state.WriteArray<float>(_combs);
        state.WriteArray<TonePoint>(_points);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("tones-1");
        _newest = state.ReadInt32();
        _filled = state.ReadInt32();
        _nextTrack = state.ReadInt32();
        state.ReadArray<int>(_counts);
        state.ReadArray<float>(_combs);
        state.ReadArray<TonePoint>(_points);
        if (_newest is < -1 or >= Windows || _filled is < 0 or > Windows || _counts.Any(c => c is < 0 or > TonePeaks.Most))
        {
            throw new InvalidDataException("The saved tones are out of bounds.");
        }
    }

    private int Slot(int age) => (_newest - age + (2 * Windows)) % Windows;

    /// <summary>Gives each tone without a track the nearest track of a window before, strongest tone first.</summary>
    private void Continue(Span<TonePoint> mine, ReadOnlySpan<TonePoint> before, int age)
    {
        _taken.AsSpan().Clear();
        for (int j = 0; j < before.Length; j++)
        {
            for (int i = 0; i < mine.Length; i++)
            {
                _taken[j] |= mine[i].Track == before[j].Track;
            }
        }

        float seconds = age * (float)ChirpSpectrum.SecondsPerHop;
        for (int i = 0; i < mine.Length; i++)
        {
            if (mine[i].Track != 0)
            {
                continue;
            }

            int best = -1;
            float bestDistance = 1;
            for (int j = 0; j < before.Length; j++)
            {
                if (_taken[j] || Continued(before[j].Track, age))
                {
                    continue;
                }

                // Trapezoid of both ends' slopes: exact for a constant chirp rate of the pitch.
                float movement = 0.5f * (mine[i].Slope + before[j].Slope) * seconds;
                float gate = GateOctaves + (GateOfMovement * 0.5f * (Math.Abs(mine[i].Slope) + Math.Abs(before[j].Slope)) * seconds);
                float distance = Math.Abs(mine[i].Pitch - before[j].Pitch - movement) / gate;
                if (distance < bestDistance)
                {
                    best = j;
                    bestDistance = distance;
                }
            }

            if (best >= 0)
            {
                _taken[best] = true;
                mine[i] = mine[i] with { Track = before[best].Track };
            }
        }
    }

    /// <summary>Whether a window after that one already continues the track.</summary>
    private bool Continued(int track, int age)
    {
        for (int later = age - 1; later >= 1; later--)
        {
            foreach (TonePoint point in At(later))
            {
                if (point.Track == track)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
