using System.ComponentModel;

namespace Sensing.Events.Node;

/// <summary>Payload of the retained <c>sensing/v1/{site}/{node}/status</c>.</summary>
public sealed record NodeStatus
{
    [Description("Whether the node runs: its own word, or its last will.")]
    public required NodeState State { get; init; }

    [Description("Version of the node's program.")]
    public required string Version { get; init; }

    [Description("When this run of the node began, node time.")]
    public required DateTimeOffset StartedAt { get; init; }

    [Description("When this status was made, node time.")]
    public required DateTimeOffset SentAt { get; init; }

    [Description("Node clock minus true time as the system's NTP state tells, s; absent where it is not known.")]
    public double? ClockOffsetSeconds { get; init; }

    [Description("Events in the outbox.")]
    public required long OutboxEvents { get; init; }

    [Description("Bytes that the outbox holds.")]
    public required long OutboxBytes { get; init; }

    [Description("Age of the oldest unsent event, s, by the node's clock since its commit; 0 where nothing waits.")]
    public required double OldestUnsentSeconds { get; init; }

    [Description("Events that the broker refused and that wait in the dead-letter table.")]
    public required long DeadLetters { get; init; }

    [Description("State of every stream of the configuration.")]
    public required IReadOnlyList<StreamStatus> Streams { get; init; }
}
