using Sensing.Drones.Live;
using Sensing.Scheduling;

namespace Sensing.Benchmarks.Drones;

/// <summary>What came of a live case.</summary>
/// <param name="Account">The scheduler's account.</param>
/// <param name="Results">The end of every task.</param>
/// <param name="DecisionMs">99th percentile of the decisions, ms.</param>
internal sealed record LiveOutcome(UtilityAccount Account, IReadOnlyList<TaskResult> Results, double DecisionMs);
