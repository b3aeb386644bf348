using System.ComponentModel;

namespace Sensing.Drones.Events;

/// <summary>One task type in one period on one edge.</summary>
public sealed record TaskTypeQos
{
    [Description("Task type, such as HV.")]
    public required string Type { get; init; }

    [Description("What the type is, in words.")]
    public required string Summary { get; init; }

    [Description("Tasks that ended in the period, however they did.")]
    public required int Arrived { get; init; }

    [Description("Done by the deadline.")]
    public required int Done { get; init; }

    [Description("Ended after the deadline.")]
    public required int Late { get; init; }

    [Description("Ran and brought no result.")]
    public required int Failed { get; init; }

    [Description("Never started.")]
    public required int Dropped { get; init; }

    [Description("Taken by the edge although they waited for the cloud.")]
    public required int Stolen { get; init; }

    [Description("Sent to the cloud although they were in the queue of the edge.")]
    public required int Migrated { get; init; }

    [Description("Share of the tasks that ran on the edge, 0 to 1.")]
    public required double EdgeShare { get; init; }

    [Description("Share of the tasks that ran in the cloud, 0 to 1.")]
    public required double CloudShare { get; init; }

    [Description("What they earned.")]
    public required long Utility { get; init; }

    [Description("From the segment's arrival to the deadline, ms.")]
    public required double DeadlineMs { get; init; }

    [Description("95th percentile of the edge's runs in the period, ms; absent where it ran none.")]
    public double? EdgeSeenMs { get; init; }

    [Description("Time on the edge that the scheduler counts on, ms.")]
    public double? EdgeBelievedMs { get; init; }

    [Description("95th percentile of the cloud's calls in the period, ms; absent where there were none.")]
    public double? CloudSeenMs { get; init; }

    [Description("Time of a cloud call that the scheduler counts on, ms; absent without a cloud.")]
    public double? CloudBelievedMs { get; init; }

    [Description("Share of the tasks that were done in the last window of the quality of experience that has ended, 0 to 1; absent before the first.")]
    public double? WindowCompletion { get; init; }

    [Description("The type's bonus for that window: what it is worth where the share was reached, else 0.")]
    public int? WindowBonus { get; init; }

    [Description("Model variants that ran, with their shares.")]
    public required IReadOnlyList<VariantShare> Variants { get; init; }
}
