using Sensing.Steps;

namespace Sensing.Das.Condition;

/// <summary>Step 2: blocks of strain rate to rows of evidence at a few rows per second.</summary>
/// <remarks>
/// Low-pass and decimation in two stages, channels averaged to positions, the common mode of the instrument taken out, one
/// passage filter for each template, each position divided by its own noise. All filters have exactly linear phase; an
/// output row stands at the time of the input row in the middle of its filter.
/// </remarks>
internal sealed class Conditioning(DasOptions options) : IStep<DasBlock, ConditionedRow>
{
    private ConditioningState? _state;

    public void Next(DasBlock block, Action<ConditionedRow> emit)
    {
        if (_state is null || _state.Layout.Geometry != block.Geometry)
        {
            _state = new ConditioningState(new FibreLayout(block.Geometry, options), options);
        }

        if (_state.Layout.Positions == 0)
        {
            return;
        }

        _state.Begin(block.TimeOf(0));
        for (int r = 0; r < block.Rows; r++)
        {
            _state.Push(block.Row(r), emit);
        }
    }

    public void Break(Action<ConditionedRow> emit) => _state?.Flush(emit);

    public void Save(BinaryWriter state)
    {
        state.Mark("conditioning-1");
        state.WriteGeometry(_state?.Layout.Geometry);
        _state?.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("conditioning-1");
        _state = null;
        if (state.ReadGeometry() is { } geometry)
        {
            _state = new ConditioningState(new FibreLayout(geometry, options), options);
            _state.Load(state);
        }
    }
}
