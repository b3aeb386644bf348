namespace Sensing.Scheduling.Comparisons;

/// <summary>The mean over seeds of one policy on one workload and scenario.</summary>
public sealed record ComparisonMean
{
    public required string Workload { get; init; }

    public required string Scenario { get; init; }

    public required string Policy { get; init; }

    /// <summary>Seeds averaged.</summary>
    public required int Runs { get; init; }

    /// <summary>Share of tasks that finished in time, 0 to 1.</summary>
    public required double Completion { get; init; }

    /// <summary>QoS utility a run.</summary>
    public required double Utility { get; init; }

    /// <summary>QoE utility a run.</summary>
    public required double Qoe { get; init; }

    /// <summary>Utility over the clairvoyant bound, mean of the runs' ratios.</summary>
    public required double UtilityOverBound { get; init; }

    /// <summary>Share of tasks completed on the edge.</summary>
    public required double Edge { get; init; }

    /// <summary>Share of tasks completed in the cloud.</summary>
    public required double Cloud { get; init; }

    /// <summary>Share of tasks that ran and were late.</summary>
    public required double Late { get; init; }

    /// <summary>Share of tasks that never ran.</summary>
    public required double Dropped { get; init; }

    /// <summary>In the order the rows came in.</summary>
    public static IReadOnlyList<ComparisonMean> Of(IEnumerable<ComparisonRow> rows) =>
    [
        .. rows.GroupBy(r => (r.Workload, r.Scenario, r.Policy)).Select(group =>
        {
            UtilityAccount sum = group.Aggregate(new UtilityAccount(), (a, r) => a + r.Account);
            double runs = group.Count();
            double tasks = Math.Max(1, sum.Arrived);
            return new ComparisonMean
            {
                Workload = group.Key.Workload,
                Scenario = group.Key.Scenario,
                Policy = group.Key.Policy,
                Runs = (int)runs,
                Completion = sum.CompletionRate,
                Utility = sum.Utility / runs,
                Qoe = sum.Qoe / runs,
                UtilityOverBound = group.Average(r => r.Account.Utility / r.Bound),
                Edge = sum.EdgeCompleted / tasks,
                Cloud = sum.CloudCompleted / tasks,
                Late = (sum.EdgeLate + sum.CloudLate) / tasks,
                Dropped = sum.Dropped / tasks,
            };
        }),
    ];
}
