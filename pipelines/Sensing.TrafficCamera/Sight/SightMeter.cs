using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Measures how well a camera sees: contrast, dark channel, luminance, noise, rain and shaking, frame by frame,
/// smoothed over <see cref="SmoothingSeconds"/>.</summary>
public sealed class SightMeter : IResumable
{
    /// <summary>Time constant of the smoothing, s.</summary>
    public const double SmoothingSeconds = 3;

    private const int Figures = 8;

    private readonly int _width;
    private readonly int _height;
    private readonly LumaStatistics _levels;
    private readonly TemporalStatistics _temporal;
    private readonly GlobalMotion _motion;
    private readonly double[] _smooth = new double[Figures];
    private readonly double[] _latest = new double[Figures];
    private DateTimeOffset? _before;
    private int _seen;

    /// <param name="width">Width of the frames, pixels, 64 or more.</param>
    /// <param name="height">Height of the frames, pixels, 48 or more.</param>
    public SightMeter(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 48);
        _width = width;
        _height = height;
        _levels = new LumaStatistics(width, height);
        _temporal = new TemporalStatistics(width, height);
        _motion = new GlobalMotion(width, height);
    }

    /// <summary>Takes a frame and reports the sight up to it.</summary>
    /// <exception cref="ArgumentException">The frame is of another size.</exception>
    public SightReport Next(Frame frame)
    {
        if (frame.Width != _width || frame.Height != _height)
        {
            throw new ArgumentException(
                $"The frame is {frame.Width} × {frame.Height} pixels, not {_width} × {_height}.", nameof(frame));
        }

        _levels.Measure(frame);
        _temporal.Measure(frame);
        (double x, double y) = _motion.Measure(frame);
        _latest[0] = _levels.Mean;
        _latest[1] = _levels.Range;
        _latest[2] = _levels.Contrast;
        _latest[3] = _levels.DarkChannel;
        _latest[4] = _levels.Saturated;
        _latest[5] = _temporal.Noise;
        _latest[6] = _temporal.Drops;
        _latest[7] = Math.Sqrt((x * x) + (y * y));
        Smooth(frame.Time);
        var figures = new SightFigures(
            _smooth[0], _smooth[1], _smooth[2], _smooth[3], _smooth[4], _smooth[5], _smooth[6], _smooth[7]);
        (double quality, SightReason reason) = SightQuality.Of(figures);
        return new SightReport(quality, reason, figures);
    }

    /// <summary>After a gap nothing before it is compared with what follows.</summary>
    public void Break()
    {
        _temporal.Reset();
        _motion.Reset();
        _seen = 0;
        _before = null;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("sight-1");
        state.Write(_seen);
        state.Write(_before?.UtcTicks ?? -1);
        state.WriteArray<double>(_smooth);
        _temporal.Save(state);
        _motion.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("sight-1");
        _seen = state.ReadInt32();
        long ticks = state.ReadInt64();
        _before = ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        state.ReadArray<double>(_smooth);
        _temporal.Load(state);
        _motion.Load(state);
    }

    private void Smooth(DateTimeOffset time)
    {
        // The first frames are averaged: what needs one or two frames before it counts from the third.
        double seconds = _before is { } before ? Math.Max(0, (time - before).TotalSeconds) : 0;
        _before = time;
        _seen = Math.Min(_seen + 1, 1 << 20);
        double share = Math.Max(1 - Math.Exp(-seconds / SmoothingSeconds), 1.0 / _seen);
        for (int i = 0; i < Figures; i++)
        {
            double weight = i < 6 ? share : _seen <= 3 ? 1 : Math.Max(share, 1.0 / (_seen - 2));
            _smooth[i] += weight * (_latest[i] - _smooth[i]);
        }
    }
}
