using Sensing.Events;

namespace Sensing.Drones.Events;

/// <summary>The event types of the drones' tasks.</summary>
public static class DroneEvents
{
    public static readonly EventType<DroneResult> Result = new(
        "sensing.drone.result.v1", "Segment", EventPriority.Telemetry,
        "What the tasks of a drone's video segment have found, and what became of each.", DroneEventJson.Default.DroneResult)
    {
        Retention = TimeSpan.FromDays(7),
        Measures = [new EventMeasure("crowd", "Persons", "persons")],
    };

    public static readonly EventType<DroneQos> Qos = new(
        "sensing.drone.qos.v1", "Quality of service", EventPriority.Telemetry,
        "How an edge served the tasks of its drones in a period: in time, late or dropped, and what they earned.",
        DroneEventJson.Default.DroneQos)
    {
        Retention = TimeSpan.FromDays(90),
        Measures =
        [
            new EventMeasure("completion", "Done in time", "share"), new EventMeasure("utility", "Utility", "utility"),
            new EventMeasure("qoe", "Quality of experience", "utility"),
        ],
    };

    public static readonly EventFamily Family = new("drone", "Drones", Result, Qos);
}
