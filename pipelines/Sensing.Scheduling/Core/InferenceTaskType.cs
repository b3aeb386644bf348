namespace Sensing.Scheduling;

/// <summary>A kind of DNN inference: what it is worth, by when, and what each place charges for it.</summary>
/// <remarks>Times come in ms, as published, and as µs of virtual time, which is what the scheduler counts in.</remarks>
public sealed record InferenceTaskType
{
    /// <summary>Short name, such as <c>HV</c>.</summary>
    public required string Name { get; init; }

    /// <summary>β: what a result before the deadline is worth.</summary>
    public required int Benefit { get; init; }

    /// <summary>δ: from the segment's arrival to the deadline, ms.</summary>
    public required int DeadlineMs { get; init; }

    /// <summary>t: expected time on the edge accelerator (a high percentile), ms.</summary>
    public required int EdgeMs { get; init; }

    /// <summary>t̂: expected time of a cloud call with its network (a high percentile), ms.</summary>
    public required int CloudMs { get; init; }

    /// <summary>κ: cost of a run on the edge, in time or late.</summary>
    public required int EdgeCost { get; init; }

    /// <summary>κ̂: cost of a cloud call, in time or late.</summary>
    public required int CloudCost { get; init; }

    /// <summary>Worth of a window in which enough of this type's tasks completed.</summary>
    public required int QoeBonus { get; init; }

    /// <summary>γE: utility of a completion on the edge.</summary>
    public int EdgeUtility => Benefit - EdgeCost;

    /// <summary>γC: utility of a completion in the cloud.</summary>
    public int CloudUtility => Benefit - CloudCost;

    /// <summary>δ in µs.</summary>
    public long RelativeDeadline => DeadlineMs * 1000L;

    /// <summary>t in µs.</summary>
    public long EdgeTime => EdgeMs * 1000L;

    /// <summary>t̂ in µs.</summary>
    public long CloudTime => CloudMs * 1000L;
}
