using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.detector.v1</c>. The event's time is the end of the minute that it describes.</summary>
public sealed record DetectorState
{
    [Description("Name of the model.")]
    public required string Model { get; init; }

    [Description("Frames that the model looked at.")]
    public required long Looked { get; init; }

    [Description("Frames that it should have looked at and did not, since it was busy or over its time budget.")]
    public required long Skipped { get; init; }

    [Description("Frames for which it failed.")]
    public required long Failed { get; init; }

    [Description("Vehicles that it found.")]
    public required long Objects { get; init; }

    [Description("Longest time for a frame, ms. Absent: no time budget is configured.")]
    public double? LongestMs { get; init; }

    [Description("Why it failed last. Absent: it did not.")]
    public string? Problem { get; init; }
}
