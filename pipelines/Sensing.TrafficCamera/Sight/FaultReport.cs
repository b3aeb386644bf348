using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Faults of the camera as events.</summary>
internal sealed class FaultReport(CameraFaultOptions options, StreamAddress address) : IStep<Frame, SensorEvent>
{
    private readonly PerPictureSize<CameraFaultDetection> _faults =
        new(size => new CameraFaultDetection(options, size.Width, size.Height));

    public void Next(Frame item, Action<SensorEvent> emit) =>
        _faults.For(item).Next(item, (time, fault) => emit(Event(time, fault)));

    /// <summary>No frame has come for so long. A camera that has never sent one is its source's business, which reports it at once.</summary>
    public IEnumerable<SensorEvent> Silent(TimeSpan silence)
    {
        var events = new List<SensorEvent>();
        _faults.Current?.Silent(silence, (time, fault) => events.Add(Event(time, fault)));
        return events;
    }

    public void Break(Action<SensorEvent> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("fault-report-1");
        _faults.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("fault-report-1");
        _faults.Load(state);
    }

    private SensorEvent Event(DateTimeOffset time, CameraFault fault) =>
        TrafficEvents.Fault.Create(address, time, $"{fault.Kind}/{fault.Phase}", fault);
}
