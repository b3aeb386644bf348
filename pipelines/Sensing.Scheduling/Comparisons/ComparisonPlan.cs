using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Comparisons;

/// <summary>Which policies are run on what.</summary>
public sealed record ComparisonPlan
{
    /// <summary>Workloads (default: the paper's six).</summary>
    public IReadOnlyList<Workload> Workloads { get; init; } = Workload.Published;

    /// <summary>Names from the catalogue (default: all).</summary>
    public IReadOnlyList<string> Policies { get; init; } = PolicyCatalogue.Names;

    /// <summary>Makers of policies from outside the catalogue, run after those named (default: none).</summary>
    public IReadOnlyList<Func<SchedulingPolicy>> OwnPolicies { get; init; } = [];

    /// <summary>Names from <see cref="Variability"/> (default: a calm cloud).</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = ["calm"];

    /// <summary>Seeds (default: 1000 to 1029, which no policy was tuned on).</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [.. Enumerable.Range(1000, 30).Select(s => (long)s)];

    /// <summary>Edges of a run, each with the workload of its own and with a seed of its own (default: 1; the paper's fleet has 7).</summary>
    public int Edges { get; init; } = 1;

    public LatencyOptions Latency { get; init; } = LatencyOptions.Default;

    public QoeOptions Qoe { get; init; } = QoeOptions.Default;

    /// <summary>Runs in all.</summary>
    public int Runs => Workloads.Count * Scenarios.Count * (Policies.Count + OwnPolicies.Count) * Seeds.Count;
}
