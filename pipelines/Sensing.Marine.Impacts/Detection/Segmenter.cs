using Sensing.Marine.Impacts.Inertial;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>Cuts the motions that may be impacts out of samples at 100 a second.</summary>
/// <remarks>A sample shows a motion where its acceleration departs from its running mean (0.12 s, short beside waves and long beside blows) by
/// more than a floor and by several times what is usual in this sea. The window ends 80 ms later: time enough to see how a blow begins, and within the 100 ms of a decision.</remarks>
public sealed class Segmenter : IResumable
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 100;

    /// <summary>Samples of a window before the one that shows the motion.</summary>
    public const int Before = 90;

    /// <summary>Samples of a window from the one that shows the motion on.</summary>
    public const int After = 9;

    /// <summary>Samples of the record that follow it.</summary>
    public const int RecordAfter = 100;

    /// <summary>Departures that are looked at, m/s²: above the noise of the poorest sensors.</summary>
    private const double VerticalFloor = 1, LevelFloor = 0.8;

    /// <summary>Times the usual departure.</summary>
    private const double Factor = 2.8;

    /// <summary>A motion is forgotten to a tenth within half a second.</summary>
    private static readonly double Fading = Math.Pow(0.01, 1 / (0.5 * Rate));

    private static readonly double Level = 1 - Math.Exp(-1 / (0.12 * Rate));
    private static readonly double Usual = 1 - Math.Exp(-1 / (15.0 * Rate));

    private readonly Motion6[] _ring = new Motion6[Before + RecordAfter];
    private Motion6 _level;
    private double _usualVertical = 0.01, _usualLevel = 0.01;
    private long _samples, _shownAt = -1;
    private double _most;

    /// <summary>Samples so far.</summary>
    public long Samples => _samples;

    /// <summary>Takes a sample; yields a candidate where its window ends here.</summary>
    public Candidate? Next(Motion6 sample)
    {
        _level = _samples == 0 ? sample : _level + ((sample - _level) * Level);
        Motion6 off = sample - _level;
        double vertical = off.Z * off.Z, level = (off.X * off.X) + (off.Y * off.Y), square = vertical + level;
        bool shows = IsUnusual(vertical, _usualVertical, VerticalFloor) || IsUnusual(level, _usualLevel, LevelFloor);
        _ring[_samples % _ring.Length] = sample;
        if (_shownAt < 0 && shows && square > _most && _samples >= Before)
        {
            _shownAt = _samples;
        }

        // What follows is another motion once this one has died away, or where it is twice as hard.
        _most = _shownAt >= 0 ? Math.Max(_most, 4 * square) : _most * Fading;

        _usualVertical += Cut(vertical, _usualVertical) * Usual;
        _usualLevel += Cut(level, _usualLevel) * Usual;
        _samples++;
        if (_shownAt < 0 || _samples < _shownAt + After)
        {
            return null;
        }

        var candidate = new Candidate(_shownAt, Window(Before + After));
        _shownAt = -1;
        return candidate;
    }

    /// <summary>The sea shakes a vessel up and down more than it pushes it about, a blow the other way round: each has its own limit.</summary>
    private static bool IsUnusual(double square, double usual, double floor) => square > Math.Max(floor * floor, Factor * Factor * usual);

    /// <summary>Blows must not pass for the sea: what is added to the usual is cut.</summary>
    private static double Cut(double square, double usual) => Math.Min(square, 9 * Math.Max(0.01, usual)) - usual;

    /// <summary>The whole motion, from 0.9 s before to 1 s after the sample that showed it.</summary>
    public MotionWindow Record() => Window(Before + RecordAfter);

    /// <summary>The last so many samples.</summary>
    public MotionWindow Window(int length)
    {
        var made = new Motion6[length];
        for (int i = 0; i < length; i++)
        {
            made[i] = _ring[(_samples - length + i) % _ring.Length];
        }

        return MotionWindow.Of(Rate, made);
    }

    /// <summary>Forgets the samples: the next ones do not join them.</summary>
    public void Reset() => (_samples, _shownAt, _level, _most) = (0, -1, default, 0);

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-segmenter-1");
        state.Write(_samples);
        state.Write(_shownAt);
        state.Write(_usualVertical);
        state.Write(_usualLevel);
        state.Write(_most);
        state.WriteArray<Motion6>([_level]);
        state.WriteArray<Motion6>(_ring);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-segmenter-1");
        _samples = state.ReadInt64();
        _shownAt = state.ReadInt64();
        _usualVertical = state.ReadDouble();
        _usualLevel = state.ReadDouble();
        _most = state.ReadDouble();
        Span<Motion6> level = stackalloc Motion6[1];
        state.ReadArray(level);
        _level = level[0];
        state.ReadArray<Motion6>(_ring);
    }
}
