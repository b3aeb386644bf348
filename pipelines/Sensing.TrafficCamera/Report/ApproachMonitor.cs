using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Report;

/// <summary>One approach from foreground masks to counts, states and alarms: detection, tracking, counting,
/// report.</summary>
/// <remarks>A pure function of masks and event times; one after the other, in order of time. Not thread-safe.</remarks>
public sealed class ApproachMonitor : IResumable
{
    private readonly SilhouetteDetection _detection;
    private readonly VehicleTracker _tracker;
    private readonly LineCounter _line;
    private readonly TurnCounter _turns;
    private readonly AlarmWatch _alarms;
    private readonly StateReport _states;
    private readonly VolumeReport _volumes;

    /// <param name="road">The approach at the working size; see <see cref="Carriageway.All"/>.</param>
    /// <param name="options">What is reported.</param>
    public ApproachMonitor(Carriageway road, ReportOptions options)
    {
        Road = road;
        _detection = new SilhouetteDetection(road);
        _tracker = new VehicleTracker(road);
        _line = new LineCounter(road);
        _turns = new TurnCounter(road);
        _alarms = new AlarmWatch(road, options);
        _states = new StateReport(road, options);
        _volumes = new VolumeReport(road, options);
    }

    public Carriageway Road { get; }

    /// <summary>Takes the mask of one frame.</summary>
    /// <param name="time">The frame's time; not before the last one's.</param>
    /// <param name="mask">The frame's foreground.</param>
    /// <param name="boxes">What a detection model found in this frame, pixels of the working size; empty: no model, or
    /// not this frame.</param>
    /// <param name="quality">How well the camera sees, 0…1.</param>
    public ApproachReading Next(DateTimeOffset time, ForegroundMask mask, ReadOnlySpan<DetectedBox> boxes, double quality)
    {
        IReadOnlyList<Detection> detections = _detection.Detect(mask, _tracker.Expect(time), boxes);
        IReadOnlyList<Vehicle> vehicles = _tracker.Next(time, detections);
        IReadOnlyList<LineCrossing> crossings = _line.Next(time, vehicles);
        IReadOnlyList<GateMovement> movements = _turns.Next(time, vehicles);
        return new ApproachReading(
            time, vehicles, crossings, movements,
            _alarms.Next(time, vehicles),
            _states.Next(time, vehicles, crossings, quality),
            _volumes.Next(time, crossings, movements));
    }

    /// <summary>Takes what a vehicle is to a detection model.</summary>
    /// <param name="vehicle">Number of the track; unknown ones are ignored.</param>
    /// <param name="kind">What the model says.</param>
    /// <param name="evidence">How much that counts: score times area of its box, pixels of the working size.</param>
    public void Classify(long vehicle, DetectedKind kind, double evidence) => _tracker.Classify(vehicle, kind, evidence);

    /// <summary>A gap, a jump of the clock or the end: no vehicle is the same after it.</summary>
    public void Break()
    {
        _tracker.Break();
        _line.Break();
        _turns.Break();
        _alarms.Break();
        _states.Break();
        _volumes.Break();
    }

    /// <summary>The end: yields the windows that it cuts off.</summary>
    public IReadOnlyList<(DateTimeOffset End, Events.VehicleCount Count)> Finish() => _volumes.Finish();

    public void Save(BinaryWriter state)
    {
        state.Mark("approach-1");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("approach-1");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    private IResumable[] Parts() => [_tracker, _line, _turns, _alarms, _states, _volumes];
}
