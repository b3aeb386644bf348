using Sensing.Events;
using Sensing.Steps;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Emergency;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera;

/// <summary>One approach: from what stands out in the camera's frames to counts, states and alarms as events.</summary>
/// <param name="index">Index of the approach in the options: where its corners contradict a camera's view, the others
/// place it.</param>
/// <param name="options">What the camera sees.</param>
/// <param name="address">The stream, for the events.</param>
internal sealed class ApproachChain(int index, TrafficOptions options, StreamAddress address)
    : IStep<SeenFrame, SensorEvent>
{
    private readonly string _name = options.Approaches[index].Name;
    private readonly EmergencyReport _emergency = new(
        options.Approaches[index], options.Emergency, options.LightBars, address);
    private readonly DetectorEvidence _detector = new();
    private readonly PerPictureSize<ApproachMonitor> _monitor = new(size => new ApproachMonitor(
        Carriageway.All(options.Approaches, size.CameraWidth, size.CameraHeight, size.Width, size.Height)[index],
        options.Report));

    /// <summary>The vehicles of the last frame; valid until the next one.</summary>
    public TrackedFrame Last { get; private set; }

    public void Next(SeenFrame item, Action<SensorEvent> emit)
    {
        ApproachMonitor monitor = _monitor.For(item.Frame);
        DateTimeOffset time = item.Frame.Time;
        _detector.Answer(item, (vehicle, found, evidence) =>
        {
            monitor.Classify(vehicle, found.Kind, evidence);
            if (found.Kind == DetectedKind.Emergency)
            {
                _emergency.Observe(vehicle, time, found.Score);
            }
        });
        ApproachReading reading = monitor.Next(time, item.Mask, _detector.Standing, item.Sight.Quality);
        _detector.Asked(item.Asked, reading.Vehicles);
        Last = new TrackedFrame(item, monitor.Road, reading.Vehicles);
        _emergency.Next(Last, emit);
        foreach (TrafficAlarm alarm in reading.Alarms)
        {
            emit(TrafficEvents.Alarm.Create(address, reading.Time, $"{_name}/{alarm.VehicleId}/{alarm.Kind}", alarm));
        }

        Emit(reading.Counts, emit);
        if (reading.State is { } state)
        {
            emit(TrafficEvents.Approach.Create(address, reading.Time, _name, state with
            {
                QualityReason = item.Sight.Reason == SightReason.Clear ? null : item.Sight.Reason,
            }));
        }
    }

    public void Break(Action<SensorEvent> emit)
    {
        _monitor.Current?.Break();
        _emergency.Break(emit);
        _detector.Break();
    }

    /// <summary>The recording has ended: yields the windows that it cuts off.</summary>
    public IEnumerable<SensorEvent> Finish()
    {
        var events = new List<SensorEvent>();
        if (_monitor.Current is { } monitor)
        {
            Emit(monitor.Finish(), events.Add);
        }

        return events;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("approach-chain-2");
        _emergency.Save(state);
        _detector.Save(state);
        _monitor.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("approach-chain-2");
        _emergency.Load(state);
        _detector.Load(state);
        _monitor.Load(state);
    }

    private void Emit(IReadOnlyList<(DateTimeOffset End, VehicleCount Count)> counts, Action<SensorEvent> emit)
    {
        foreach ((DateTimeOffset end, VehicleCount count) in counts)
        {
            emit(TrafficEvents.Count.Create(address, end, $"{_name}/{count.WindowMinutes}", count));
        }
    }
}
