using Sensing.Events;

namespace Sensing.TrafficCamera.Events;

/// <summary>The event types of traffic cameras and of the junctions that they feed.</summary>
public static class TrafficEvents
{
    public static readonly EventType<ApproachState> Approach = new(
        "sensing.traffic.approach.v1", "Approach", EventPriority.Telemetry,
        "Congestion index, level, speed and queue of an approach and its lanes, each second.", TrafficEventJson.Default.ApproachState)
    {
        Retention = TimeSpan.FromDays(7),
        Measures =
        [
            new EventMeasure("index", "Congestion index", "of 1"),
            new EventMeasure("indexRaw", "Index at the time", "of 1"),
            new EventMeasure("meanSpeedKmh", "Mean speed", "km/h"),
            new EventMeasure("speedStandardErrorKmh", "Speed's standard error", "km/h"),
            new EventMeasure("queueM", "Queue", "m"),
            new EventMeasure("densityPerKmLane", "Density", "vehicles/km"),
            new EventMeasure("vehicles", "Vehicles", "vehicles"),
            new EventMeasure("quality", "Quality", "of 1"),
        ],
    };

    public static readonly EventType<VehicleCount> Count = new(
        "sensing.traffic.count.v1", "Count", EventPriority.Fact,
        "Vehicles that passed the counting line in a window, by direction, lane, class and movement.", TrafficEventJson.Default.VehicleCount)
    {
        Measures = [new EventMeasure("flowPerHour", "Flow", "vehicles/h")],
    };

    public static readonly EventType<TrafficAlarm> Alarm = new(
        "sensing.traffic.alarm.v1", "Alarm", EventPriority.Alarm,
        "A vehicle drives the wrong way, or stands while others pass.", TrafficEventJson.Default.TrafficAlarm);

    public static readonly EventType<EmergencyVehicle> Emergency = new(
        "sensing.traffic.emergency.v1", "Emergency vehicle", EventPriority.Alarm,
        "An emergency vehicle approaches, or has gone.", TrafficEventJson.Default.EmergencyVehicle);

    public static readonly EventType<CameraFault> Fault = new(
        "sensing.traffic.camera-fault.v1", "Camera fault", EventPriority.Alarm,
        "A camera is dead, frozen, covered or moved, or it is well again.", TrafficEventJson.Default.CameraFault);

    public static readonly EventType<SignalPlan> SignalPlan = new(
        "sensing.traffic.signal-plan.v1", "Signal plan", EventPriority.Fact,
        "What a junction's signals should show: advice to whoever drives the lamps.", TrafficEventJson.Default.SignalPlan)
    {
        Retention = TimeSpan.FromDays(30),
    };

    public static readonly EventType<Snapshot> Snapshot = new(
        "sensing.traffic.snapshot.v1", "Snapshot", EventPriority.Telemetry,
        "What a camera shows, with vehicles marked and persons and plates made unrecognisable.", TrafficEventJson.Default.Snapshot)
    {
        Retention = TimeSpan.FromHours(6),
    };

    public static readonly EventType<DetectorState> Detector = new(
        "sensing.traffic.detector.v1", "Detector", EventPriority.Telemetry,
        "How a camera's detection model keeps up, each minute.", TrafficEventJson.Default.DetectorState)
    {
        Retention = TimeSpan.FromDays(7),
    };

    public static readonly EventFamily Family = new("traffic", "Traffic cameras", Approach, Count, Alarm, Emergency, Fault, SignalPlan, Snapshot,
        Detector);
}
