namespace Sensing.Scheduling.Comparisons;

/// <summary>One policy on one workload, scenario and seed.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="Scenario">Its name.</param>
/// <param name="Policy">Its name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Account">What came of it; the same from the running account and from the trace.</param>
/// <param name="Bound">The clairvoyant upper bound on the utility of any policy.</param>
public sealed record ComparisonRow(
    string Workload, string Scenario, string Policy, long Seed, UtilityAccount Account, double Bound);
