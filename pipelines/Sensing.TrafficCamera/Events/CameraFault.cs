using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.camera-fault.v1</c>. The event's time is when the fault was certain, or had ended.</summary>
public sealed record CameraFault
{
    [Description("What is wrong: dead, frozen, covered or moved.")]
    public required CameraFaultKind Kind { get; init; }

    [Description("Whether the fault begins or ends.")]
    public required CameraFaultPhase Phase { get; init; }

    [Description("First sign of the fault: last good frame of a dead camera, first one of a frozen picture, and so on.")]
    public required DateTimeOffset Since { get; init; }

    [Description("What was seen, in words.")]
    public required string Detail { get; init; }
}
