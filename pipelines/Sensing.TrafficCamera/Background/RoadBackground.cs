using Sensing.Steps;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Background;

/// <summary>The default background model: own vector kernels, no native library.</summary>
/// <remarks>In this order for each frame: the camera's motion, the difference from the background, the classes of whole regions,
/// and what the background learns from them.</remarks>
public sealed partial class RoadBackground(BackgroundOptions options) : IBackgroundModel
{
    private ForegroundMask? _mask;
    private AlignedFrame _aligned = null!;
    private BackgroundPixels _pixels = null!;
    private GlobalMotionEstimator _motion = null!;
    private MaskCleaning _cleaning = null!;
    private ShadowTone _tone = null!;
    private DateTimeOffset _last;

    public ForegroundMask Apply(Frame frame)
    {
        ForegroundMask mask = _mask ?? Start(frame.Width, frame.Height, frame.Time);
        if (mask.Width != frame.Width || mask.Height != frame.Height)
        {
            throw new ArgumentException(
                $"The frame is {frame.Width} × {frame.Height} pixels, those before were {mask.Width} × {mask.Height}: use a model for each size.", nameof(frame));
        }

        double seconds = Math.Clamp((frame.Time - _last).TotalSeconds, 0.01, 0.5);
        _last = frame.Time;
        mask.Motion = _pixels.Seen ? _motion.Estimate(_pixels.Luma, _aligned.Width, frame.Luma) : GlobalMotion.None;
        _aligned.Set(frame, mask.Motion);
        _pixels.FollowExposure(_aligned, _cleaning.Classes);
        _pixels.Compare(_aligned, _tone.Range is { } seen && seen.Lightest > options.LightestShadow ? seen : null);
        _tone.Observe(_pixels, _aligned, seconds);
        _cleaning.Clean(_pixels, _aligned);
        _pixels.Learn(_aligned, _cleaning.Classes, seconds);
        _aligned.Copy(_cleaning.Classes, mask);
        return mask;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("road-background-2");
        state.Write(_mask is not null);
        if (_mask is { } mask)
        {
            state.Write(mask.Width);
            state.Write(mask.Height);
            state.WriteTime(_last);
            _pixels.Save(state);
            _motion.Save(state);
            _tone.Save(state);
            state.WriteArray<byte>(_cleaning.Classes);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("road-background-2");
        if (!state.ReadBoolean())
        {
            _mask = null;
            return;
        }

        int width = state.ReadInt32(), height = state.ReadInt32();
        if (width is < 1 or > 16384 || height is < 1 or > 16384)
        {
            throw new InvalidDataException($"The saved state claims frames of {width} × {height} pixels.");
        }

        Start(width, height, state.ReadTime());
        _pixels.Load(state);
        _motion.Load(state);
        _tone.Load(state);
        state.ReadArray<byte>(_cleaning.Classes);
    }

    public void Dispose()
    {
    }

    private ForegroundMask Start(int width, int height, DateTimeOffset time)
    {
        int margin = Math.Max(1, (int)Math.Ceiling(options.LargestShake * width));
        _aligned = new AlignedFrame(width, height, margin);
        _pixels = new BackgroundPixels(_aligned.Width, _aligned.Height, Math.Max(1, (int)Math.Round(width / 320.0)), options);
        _tone = new ShadowTone();
        _motion = new GlobalMotionEstimator(width, height, margin);
        _cleaning = new MaskCleaning(_aligned.Width, _aligned.Height, width / 320.0, options);
        _last = time;
        return _mask = new ForegroundMask(width, height);
    }
}
