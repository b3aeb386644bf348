using Sensing.Das.Condition;
using Sensing.Steps;

namespace Sensing.Das.Hough;

/// <summary>Step 3: rows of evidence to straight segments, both directions in one pass.</summary>
internal sealed class HoughDetection(DasOptions options, SiteState site) : IStep<ConditionedRow, Batch<Segment>>
{
    private DetectionState? _state;

    public void Next(ConditionedRow row, Action<Batch<Segment>> emit)
    {
        if (_state is null || _state.Layout.Geometry != row.Layout.Geometry)
        {
            _state = new DetectionState(row.Layout, options, site);
        }

        _state.Next(row, emit);
    }

    public void Break(Action<Batch<Segment>> emit)
    {
        _state?.Flush(emit);
        _state?.Reset();
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("hough-3");
        state.WriteGeometry(_state?.Layout.Geometry);
        _state?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("hough-3");
        _state = null;
        if (state.ReadGeometry() is { } geometry)
        {
            _state = new DetectionState(new FibreLayout(geometry, options), options, site);
            _state.Load(state);
        }
    }
}
