using Sensing.Das.Condition;
using Sensing.Das.Hough;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>What the chain has learnt of its site: it survives breaks, and later steps teach it to earlier ones.</summary>
internal sealed class SiteState(DasOptions options, SiteCalibration? calibration) : IResumable
{
    private PositionDelays? _delays;

    /// <summary>The layout that is in force; null before the first row.</summary>
    public FibreLayout? Layout { get; private set; }

    public PositionDelays Delays => _delays ?? throw new InvalidOperationException("No row has come yet.");

    /// <summary>Takes a layout; what was learnt of another one is dropped.</summary>
    public void Use(FibreLayout layout)
    {
        if (Layout is { } known && known.Geometry == layout.Geometry)
        {
            return;
        }

        Layout = layout;
        _delays = new PositionDelays(layout, options.Detect);
        if (calibration is not null && calibration.Fits(layout))
        {
            _delays.Set(0, calibration.DelaysIncreasingSeconds);
            _delays.Set(1, calibration.DelaysDecreasingSeconds);
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("site-1");
        state.WriteGeometry(Layout?.Geometry);
        _delays?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("site-1");
        Layout = null;
        _delays = null;
        if (state.ReadGeometry() is { } geometry)
        {
            Use(new FibreLayout(geometry, options));
            _delays!.Load(state);
        }
    }
}
