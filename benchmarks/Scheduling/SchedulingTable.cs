using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Scheduling;
using Sensing.Scheduling.Comparisons;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Benchmarks.Scheduling;

/// <summary>Every policy on the paper's six workloads, beside the clairvoyant bound.</summary>
internal sealed class SchedulingTable : IMeasure
{
    private const string Ours = "Plan-ahead";
    private const string OursForQoe = "Plan-ahead (QoE)";

    public string Name => "scheduling-table";

    public string Summary => "completion, utility, QoE and utility over the clairvoyant bound, each policy on each workload";

    public string Inputs =>
        "--variability NAME|all (calm), --workload NAME (all six), --first-seed N (1000), --seeds N (30), --trace FILE (one run's every decision; --trace-policy, --trace-seed)";

    public string Duration => "3 minutes a scenario";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string variability = options.Text("variability") ?? "calm";
        string? workload = options.Text("workload");
        int first = options.Whole("first-seed", 1000);
        int seeds = options.Whole("seeds", 30);
        string? traceFile = options.Text("trace");
        string tracePolicy = options.Text("trace-policy") ?? Ours;
        int traceSeed = options.Whole("trace-seed", first);
        options.NothingElse();
        var plan = new ComparisonPlan
        {
            Workloads = workload is null ? Workload.Published
                : [Workload.Find(workload) ?? throw new MeasureException($"--workload must look like 3-active, not '{workload}'.")],
            Scenarios = variability == "all" ? Variability.Names
                : Variability.Names.Contains(variability) ? [variability]
                : throw new MeasureException($"--variability must be all or one of {string.Join(", ", Variability.Names)}, not '{variability}'."),
            Seeds = [.. Enumerable.Range(first, seeds).Select(s => (long)s)],
        };
        if (traceFile is not null)
        {
            WriteTrace(traceFile, tracePolicy, traceSeed, plan, output);
        }

        double difference = BoundCheck.WorstDifference(plan);
        output.WriteLine($"clairvoyant bound against OR-Tools' GLOP on 20 s of each workload: relative difference {difference:E1}");
        var rows = new List<ComparisonRow>();
        foreach (ComparisonRow row in Comparison.Run(plan))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(row);
            if (row.Policy == plan.Policies[^1] && row.Seed == plan.Seeds[^1])
            {
                output.WriteLine($"{100 * rows.Count / plan.Runs,3} %  {row.Workload} {row.Scenario}");
            }
        }

        IReadOnlyList<ComparisonMean> means = ComparisonMean.Of(rows);
        ComparisonText.WriteTable(output, means);
        JsonObject figures = Figures(plan, means);
        figures["seeds"] = seeds;
        figures["runs_accounted_twice"] = rows.Count;
        figures["bound_against_lp"] = difference;
        WriteMargins(output, means);
        return Task.FromResult(figures);
    }

    private static JsonObject Figures(ComparisonPlan plan, IReadOnlyList<ComparisonMean> means)
    {
        var figures = new JsonObject();
        var scenarios = new JsonObject();
        foreach (string scenario in plan.Scenarios)
        {
            ComparisonMean[] own = [.. means.Where(m => m.Scenario == scenario)];
            var table = new JsonObject();
            foreach (IGrouping<string, ComparisonMean> block in own.GroupBy(m => m.Workload))
            {
                var policies = new JsonObject();
                foreach (ComparisonMean m in block)
                {
                    policies[m.Policy] = new JsonObject
                    {
                        ["completion"] = Math.Round(m.Completion, 4),
                        ["utility"] = Math.Round(m.Utility, 1),
                        ["qoe"] = Math.Round(m.Qoe, 1),
                        ["utility_over_bound"] = Math.Round(m.UtilityOverBound, 4),
                    };
                }

                table[block.Key] = policies;
            }

            scenarios[scenario] = new JsonObject
            {
                ["workloads"] = table,
                ["worst_margin_over_best_other"] = Math.Round(Margins(own).Min(m => m.Utility), 4),
                ["worst_qoe_margin"] = Math.Round(Margins(own).Min(m => m.Qoe), 4),
            };
        }

        figures["scenarios"] = scenarios;
        figures["worst_margin_over_best_other"] = Math.Round(Margins(means).Min(m => m.Utility), 4);
        figures["worst_qoe_margin"] = Math.Round(Margins(means).Min(m => m.Qoe), 4);
        foreach (string kind in (string[])["passive", "active"])
        {
            ComparisonMean[] ours = [.. means.Where(m => m.Policy == Ours && m.Workload.EndsWith("-" + kind, StringComparison.Ordinal))];
            if (ours.Length > 0)
            {
                figures[$"least_utility_over_bound_{kind}"] = Math.Round(ours.Min(m => m.UtilityOverBound), 4);
            }
        }

        return figures;
    }

    /// <summary>For each workload and scenario: ours over the best of the others, less one; utility, and QoE where it is asked for.</summary>
    private static IEnumerable<(string Block, string BestOther, double Utility, double Qoe)> Margins(IReadOnlyList<ComparisonMean> means) =>
        means.GroupBy(m => $"{m.Workload} {m.Scenario}").Select(block =>
        {
            ComparisonMean[] others = [.. block.Where(m => m.Policy is not (Ours or OursForQoe))];
            ComparisonMean best = others.MaxBy(m => m.Utility)!;
            return (
                block.Key,
                best.Policy,
                (block.Single(m => m.Policy == Ours).Utility / best.Utility) - 1,
                (block.Single(m => m.Policy == OursForQoe).Qoe / others.Max(m => m.Qoe)) - 1);
        });

    private static void WriteMargins(TextWriter output, IReadOnlyList<ComparisonMean> means)
    {
        output.WriteLine();
        output.WriteLine("Plan-ahead over the best of the others: utility, and QoE where it is asked for");
        foreach ((string block, string best, double utility, double qoe) in Margins(means))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{block,-24} {100 * utility,+6:+0.00;-0.00} % over {best,-9} {100 * qoe,+6:+0.00;-0.00} % QoE"));
        }
    }

    private static void WriteTrace(string file, string name, long seed, ComparisonPlan plan, TextWriter output)
    {
        Workload workload = plan.Workloads[0];
        SchedulingPolicy policy = PolicyCatalogue.Create(name)
            ?? throw new MeasureException($"--trace-policy must be one of {string.Join(", ", PolicyCatalogue.Names)}, not '{name}'.");
        var trace = new List<TraceEntry>();
        Comparison.RunTwiceAccounted(
            TaskStream.Draw(Variability.Shape(plan.Scenarios[0], workload), plan.Latency, seed),
            Variability.Find(plan.Scenarios[0], workload.Duration, seed)!,
            policy,
            plan,
            trace);
        IReadOnlyList<InferenceTaskType> types = Variability.Shape(plan.Scenarios[0], workload).Types;
        using var lines = new StreamWriter(file);
        lines.WriteLine("at_ms,what,task,type,drone,release_ms,deadline_ms,expected_ms");
        foreach (TraceEntry entry in trace)
        {
            InferenceTaskType type = types[entry.TypeIndex];
            lines.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.At / 1000.0:F3},{entry.Kind},{entry.TaskId},{type.Name},{entry.Drone},{entry.Release / 1000.0:F3},{(entry.Release / 1000.0) + type.DeadlineMs:F3},{entry.Expected / 1000.0:F3}"));
        }

        output.WriteLine($"{file}: {trace.Count} lines of {policy.Name} on {workload.Name}, {plan.Scenarios[0]}, seed {seed}");
    }
}
