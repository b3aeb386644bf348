using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.emergency.v1</c>: an emergency vehicle approaches, or has gone. The event's time is that of the last
/// observation.</summary>
public sealed record EmergencyVehicle
{
    [Description("Name of the approach.")]
    public string? Approach { get; init; }

    [Description("Number of the tracked vehicle; absent: heard, but no vehicle stands out.")]
    public long? Vehicle { get; init; }

    [Description("Lane of the approach, from 1; absent: heard, but no vehicle stands out.")]
    public int? Lane { get; init; }

    [Description("Probability that it is an emergency vehicle in operation, 0 to 1.")]
    public required double Confidence { get; init; }

    [Description("What the confidence stands on.")]
    public required IReadOnlyList<EmergencyEvidence> Evidence { get; init; }

    [Description("When it was first reported, UTC.")]
    public required DateTimeOffset FirstSeen { get; init; }

    [Description("When it will reach the stop line at its present speed, UTC; absent: it stands, or distance and speed are unknown.")]
    public DateTimeOffset? ExpectedArrival { get; init; }

    [Description("Whether it has gone: passed the stop line, left the picture, or its lights and siren have ended.")]
    public required bool Ended { get; init; }
}
