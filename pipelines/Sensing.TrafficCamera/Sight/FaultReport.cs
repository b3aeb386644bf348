using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Events;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Faults of the camera as events.</summary>
/// <remarks>That a camera sends nothing is a notice of its source at once; as a fault it is reported with the next frame.</remarks>
internal sealed class FaultReport(CameraFaultOptions options, StreamAddress address) : IStep<Frame, SensorEvent>
{
    private readonly PerPictureSize<CameraFaultDetection> _faults =
        new(size => new CameraFaultDetection(options, size.Width, size.Height));

    public void Next(Frame item, Action<SensorEvent> emit) => _faults.For(item).Next(
        item, (time, fault) => emit(TrafficEvents.Fault.Create(address, time, $"{fault.Kind}/{fault.Phase}", fault)));

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
}
