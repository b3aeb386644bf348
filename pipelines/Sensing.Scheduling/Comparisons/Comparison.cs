using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Scheduling.Comparisons;

/// <summary>Runs policies side by side: the same tasks, the same real times, the same cloud.</summary>
public static class Comparison
{
    /// <summary>One row a run, as they are done: by workload, scenario, seed, then policy.</summary>
    /// <exception cref="SchedulingException">A policy is unknown, or the two accounts of a run differ.</exception>
    public static IEnumerable<ComparisonRow> Run(ComparisonPlan plan)
    {
        foreach (Workload workload in plan.Workloads)
        {
            foreach (string scenario in plan.Scenarios)
            {
                foreach (long seed in plan.Seeds)
                {
                    foreach (ComparisonRow row in RunSeed(plan, workload, scenario, seed))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>One run of one policy on one edge, accounted twice.</summary>
    /// <exception cref="SchedulingException">The two accounts differ.</exception>
    public static UtilityAccount RunTwiceAccounted(
        TaskStream stream, CloudConditions conditions, SchedulingPolicy policy, ComparisonPlan plan, List<TraceEntry> trace)
    {
        trace.Clear();
        UtilityAccount running = Simulator.Run(stream, conditions, policy, plan.Latency, plan.Qoe, trace.Add);
        UtilityAccount replayed = TraceReplay.Account(trace, stream.Workload.Types, plan.Qoe);
        return running == replayed ? running
            : throw new SchedulingException($"{policy.Name}: the running account {running} is not the trace's {replayed}.");
    }

    private static IEnumerable<ComparisonRow> RunSeed(ComparisonPlan plan, Workload workload, string scenario, long seed)
    {
        var trace = new List<TraceEntry>();
        var edges = new List<(TaskStream Stream, CloudConditions Conditions)>();
        double bound = 0;
        for (int edge = 0; edge < plan.Edges; edge++)
        {
            // Far apart, so that the edges of one run share no seed with another run's.
            long edgeSeed = seed + (edge * 1_000_003L);
            CloudConditions conditions = Variability.Find(scenario, workload.Duration, edgeSeed)
                ?? throw new SchedulingException($"no scenario '{scenario}': there are {string.Join(", ", Variability.Names)}.");
            TaskStream stream = TaskStream.Draw(Variability.Shape(scenario, workload), plan.Latency, edgeSeed);
            edges.Add((stream, conditions));
            bound += ClairvoyantBound.Utility(stream, conditions, plan.Latency);
        }

        foreach (Func<SchedulingPolicy> make in plan.Policies.Select(Maker).Concat(plan.OwnPolicies))
        {
            var sum = new UtilityAccount();
            string name = "";
            foreach ((TaskStream stream, CloudConditions conditions) in edges)
            {
                SchedulingPolicy policy = make();
                name = policy.Name;
                sum += RunTwiceAccounted(stream.Again(), conditions, policy, plan, trace);
            }

            yield return new ComparisonRow(workload.Name, scenario, name, seed, sum, bound);
        }
    }

    private static Func<SchedulingPolicy> Maker(string name) => () => PolicyCatalogue.Create(name)
        ?? throw new SchedulingException($"no policy '{name}': there are {string.Join(", ", PolicyCatalogue.Names)}.");
}
