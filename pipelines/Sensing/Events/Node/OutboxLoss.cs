using System.ComponentModel;

namespace Sensing.Events.Node;

/// <summary>Payload of <c>sensing.node.loss.v1</c>: what the outbox had to drop since the event before.</summary>
public sealed record OutboxLoss
{
    [Description("Why: full or expired.")]
    public required string Reason { get; init; }

    [Description("Dropped telemetry events.")]
    public required long Telemetry { get; init; }

    [Description("Dropped facts.")]
    public required long Facts { get; init; }

    [Description("Dropped alarms.")]
    public required long Alarms { get; init; }

    [Description("Event time of the oldest dropped event.")]
    public required DateTimeOffset From { get; init; }

    [Description("Event time of the newest dropped event.")]
    public required DateTimeOffset To { get; init; }
}
