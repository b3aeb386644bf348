using System.ComponentModel;

namespace Sensing.Drones.Events;

/// <summary>One task of a segment, and what became of it.</summary>
public sealed record TaskReport
{
    [Description("Task type, such as HV.")]
    public required string Type { get; init; }

    [Description("What became of it.")]
    public required TaskFate Fate { get; init; }

    [Description("Where it ran.")]
    public required TaskPlace Place { get; init; }

    [Description("Model variant that ran, such as centernet-416; absent where none did.")]
    public string? Variant { get; init; }

    [Description("From the segment's arrival to the end, ms.")]
    public required double LatencyMs { get; init; }

    [Description("From the segment's arrival to the deadline, ms.")]
    public required double DeadlineMs { get; init; }

    [Description("Length of the run or of the cloud call, ms; absent where it did not run.")]
    public double? RanMs { get; init; }

    [Description("It waited for the cloud and the edge took it instead.")]
    public required bool Stolen { get; init; }

    [Description("It was in the queue of the edge and was sent to the cloud instead.")]
    public required bool Migrated { get; init; }

    [Description("What it earned: benefit less cost, the cost alone where it was late, 0 where it was dropped.")]
    public required int Utility { get; init; }

    [Description("Why it brought no result; absent where it did or was dropped.")]
    public string? Problem { get; init; }
}
