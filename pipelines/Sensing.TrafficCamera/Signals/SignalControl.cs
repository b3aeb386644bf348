using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The junction's plan as events: at each change and every few seconds.</summary>
internal sealed class SignalControl(JunctionOptions options, StreamAddress address) : IStep<ApproachReading, SensorEvent>
{
    private readonly JunctionControl _control = new(options);

    public void Next(ApproachReading item, Action<SensorEvent> emit) => _control.Next(item, plan => emit(Event(plan)));

    public void Break(Action<SensorEvent> emit) => _control.Break(plan => emit(Event(plan)));

    public void Save(BinaryWriter state) => _control.Save(state);

    public void Load(BinaryReader state) => _control.Load(state);

    private SensorEvent Event(TimedSignalPlan timed) => TrafficEvents.SignalPlan.Create(
        address, timed.Time, $"{timed.Plan.Junction}/{timed.Plan.Phase}/{timed.Plan.Stage}", timed.Plan);
}
