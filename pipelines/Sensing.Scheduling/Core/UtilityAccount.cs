namespace Sensing.Scheduling;

/// <summary>Counts and utility of a run, kept as it runs, and by <see cref="TraceReplay"/> once more afterwards.</summary>
/// <remarks>All whole numbers: two accounts of the same run agree to the last unit or one of them is wrong.</remarks>
public sealed record UtilityAccount
{
    /// <summary>Tasks that arrived.</summary>
    public int Arrived { get; init; }

    /// <summary>In time on the edge.</summary>
    public int EdgeCompleted { get; init; }

    /// <summary>In time from the cloud.</summary>
    public int CloudCompleted { get; init; }

    /// <summary>Too late on the edge: cost without benefit.</summary>
    public int EdgeLate { get; init; }

    /// <summary>Too late from the cloud: cost without benefit.</summary>
    public int CloudLate { get; init; }

    /// <summary>Never started.</summary>
    public int Dropped { get; init; }

    /// <summary>QoS utility: Σ γ of completions − Σ cost of late runs.</summary>
    public long Utility { get; init; }

    /// <summary>QoE utility: Σ bonus of windows that reached their completion rate.</summary>
    public long Qoe { get; init; }

    /// <summary>Finished in time, anywhere.</summary>
    public int Completed => EdgeCompleted + CloudCompleted;

    /// <summary>Share of tasks that finished in time, 0 to 1.</summary>
    public double CompletionRate => Arrived == 0 ? 0 : (double)Completed / Arrived;

    /// <summary>Two runs taken together, such as two edges of a fleet.</summary>
    public static UtilityAccount operator +(UtilityAccount a, UtilityAccount b) => new()
    {
        Arrived = a.Arrived + b.Arrived,
        EdgeCompleted = a.EdgeCompleted + b.EdgeCompleted,
        CloudCompleted = a.CloudCompleted + b.CloudCompleted,
        EdgeLate = a.EdgeLate + b.EdgeLate,
        CloudLate = a.CloudLate + b.CloudLate,
        Dropped = a.Dropped + b.Dropped,
        Utility = a.Utility + b.Utility,
        Qoe = a.Qoe + b.Qoe,
    };

    /// <summary>The same as the operator, for languages without one.</summary>
    public static UtilityAccount Add(UtilityAccount left, UtilityAccount right) => left + right;
}
