using System.ComponentModel;

namespace Sensing.Drones.Events;

/// <summary>Payload of <c>sensing.drone.qos.v1</c>: how one edge served its drones in a period that ends at the event's
/// time.</summary>
public sealed record DroneQos
{
    [Description("Length of the period, s.")]
    public required double PeriodSeconds { get; init; }

    [Description("Scheduling policy.")]
    public required string Policy { get; init; }

    [Description("Drones that sent segments in the period.")]
    public required IReadOnlyList<string> Drones { get; init; }

    [Description("Tasks that ended in the period.")]
    public required int Arrived { get; init; }

    [Description("Done by the deadline.")]
    public required int Done { get; init; }

    [Description("Ended after the deadline, or without a result.")]
    public required int Late { get; init; }

    [Description("Never started.")]
    public required int Dropped { get; init; }

    [Description("Share of the tasks that were done by the deadline, 0 to 1.")]
    public required double Completion { get; init; }

    [Description("What the tasks earned.")]
    public required long Utility { get; init; }

    [Description("The most that they could have earned, with every time known beforehand; absent where it has not been computed.")]
    public long? Bound { get; init; }

    [Description("Bonus of the windows of the quality of experience that ended in the period.")]
    public required long Qoe { get; init; }

    [Description("The most that these windows could have earned.")]
    public required long QoeMost { get; init; }

    [Description("Length of such a window, s.")]
    public required double WindowSeconds { get; init; }

    [Description("Share of a window's tasks that must be done for its bonus, 0 to 1.")]
    public required double WindowRate { get; init; }

    [Description("Tasks that the edge started.")]
    public required int Promised { get; init; }

    [Description("Of these, done by the deadline.")]
    public required int Kept { get; init; }

    [Description("Runs of a model that were spared, since another task of the segment had its result.")]
    public required int SharedRuns { get; init; }

    [Description("99th percentile of the scheduler's time for a decision, ms.")]
    public double? DecisionMs { get; init; }

    [Description("Rate of the uplink as measured, Mbit/s; absent where nothing was sent.")]
    public double? LinkMbits { get; init; }

    [Description("Whether cloud calls are made, tried or held back after failures; absent without a cloud.")]
    public CloudState? Cloud { get; init; }

    [Description("Each task type.")]
    public required IReadOnlyList<TaskTypeQos> Types { get; init; }
}
