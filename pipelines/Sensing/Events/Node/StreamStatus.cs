using System.ComponentModel;

namespace Sensing.Events.Node;

/// <summary>State of one stream within <see cref="NodeStatus"/>.</summary>
public sealed record StreamStatus
{
    [Description("Name of the stream.")]
    public required string Name { get; init; }

    [Description("Pipeline that the stream runs.")]
    public required string Pipeline { get; init; }

    [Description("What the stream does now.")]
    public required StreamState State { get; init; }

    [Description("Time of the newest sample, sensor time; absent before the first.")]
    public DateTimeOffset? LastSample { get; init; }

    [Description("Time of the newest event, sensor time; absent before the first.")]
    public DateTimeOffset? LastEvent { get; init; }

    [Description("Blocks of samples processed since the start.")]
    public required long Blocks { get; init; }

    [Description("Blocks that a live source had to drop because the pipeline was behind.")]
    public required long DroppedBlocks { get; init; }

    [Description("Events committed to the outbox since the start.")]
    public required long Events { get; init; }

    [Description("Restarts by the watchdog or after a failure since the start.")]
    public required int Restarts { get; init; }

    [Description("Why the stream is stalled or retrying; absent where it is well.")]
    public string? Problem { get; init; }
}
