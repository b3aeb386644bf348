using Sensing.Steps;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The step from readings of all approaches to the plans of their junction.</summary>
/// <remarks>A decision waits for the readings of its second: until every approach has reported, or one reports a later time.</remarks>
public sealed class JunctionControl : IStep<ApproachReading, TimedSignalPlan>
{
    private readonly SignalController _controller;
    private readonly string[] _approaches;
    private readonly bool[] _read;
    private DateTimeOffset? _pending;

    /// <param name="options">The junction, validated.</param>
    public JunctionControl(JunctionOptions options)
    {
        _controller = new SignalController(options);
        _approaches = [.. options.Approaches.Select(a => a.Name)];
        _read = new bool[_approaches.Length];
    }

    public void Next(ApproachReading item, Action<TimedSignalPlan> emit)
    {
        if (_pending is { } before && item.Time != before)
        {
            Advance(before, emit);
        }

        _controller.Accept(item);
        _pending = item.Time;
        int approach = Array.IndexOf(_approaches, item.Approach);
        if (approach >= 0)
        {
            _read[approach] = true;
        }

        if (Array.TrueForAll(_read, read => read))
        {
            Advance(item.Time, emit);
        }
    }

    public void Break(Action<TimedSignalPlan> emit)
    {
        if (_pending is { } before)
        {
            Advance(before, emit);
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("junction-control-1");
        _controller.Save(state);
        state.WriteArray<bool>(_read);
        state.Write(_pending is not null);
        state.WriteTime(_pending ?? DateTimeOffset.UnixEpoch);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("junction-control-1");
        _controller.Load(state);
        state.ReadArray<bool>(_read);
        bool waits = state.ReadBoolean();
        DateTimeOffset time = state.ReadTime();
        _pending = waits ? time : null;
    }

    private void Advance(DateTimeOffset time, Action<TimedSignalPlan> emit)
    {
        _pending = null;
        Array.Clear(_read);
        _controller.Advance(time, (at, plan) => emit(new TimedSignalPlan(at, plan)));
    }
}
