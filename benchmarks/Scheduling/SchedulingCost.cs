using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Sensing.Scheduling;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Benchmarks.Scheduling;

/// <summary>What a decision costs with 8, 64 and 512 tasks queued, and how long a fleet's hour takes to simulate.</summary>
internal sealed class SchedulingCost : IMeasure
{
    public string Name => "scheduling-cost";

    public string Summary => "µs a task of Plan-ahead and DEMS at 8, 64, 512 queued (BenchmarkDotNet); seconds for 80 drones × 1 h";

    public string Inputs => "--workload NAME (4-active: 20 edges of 4 drones), --policy NAME (Plan-ahead)";

    public string Duration => "1 minute";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string name = options.Text("workload") ?? "4-active";
        string policy = options.Text("policy") ?? "Plan-ahead";
        options.NothingElse();
        Workload workload = Workload.Find(name) ?? throw new MeasureException($"--workload must look like 4-active, not '{name}'.");
        if (PolicyCatalogue.Create(policy) is null)
        {
            throw new MeasureException($"--policy must be one of {string.Join(", ", PolicyCatalogue.Names)}, not '{policy}'.");
        }

        JsonObject figures = Fleet(workload, policy, output, cancellation);
        Decisions(figures, output);
        ProcessorTime(figures, output);
        return Task.FromResult(figures);
    }

    private static JsonObject Fleet(Workload workload, string policy, TextWriter output, CancellationToken cancellation)
    {
        int edges = 80 / workload.Drones;
        Workload hour = workload with { Duration = 3_600_000_000 };
        var clock = Stopwatch.StartNew();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        var sum = new UtilityAccount();
        for (int edge = 0; edge < edges; edge++)
        {
            cancellation.ThrowIfCancellationRequested();
            CloudConditions calm = Variability.Find("calm", hour.Duration, edge)!;
            TaskStream stream = TaskStream.Draw(hour, LatencyOptions.Default, 1000 + edge);
            sum += Simulator.Run(stream, calm, PolicyCatalogue.Create(policy)!, LatencyOptions.Default, QoeOptions.Default);
        }

        double wall = clock.Elapsed.TotalSeconds;
        double cpu = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{policy}, {edges} edges × {workload.Drones} drones × 1 h of {workload.Name}: {sum.Arrived} tasks, {100 * sum.CompletionRate:F1} % completed, {wall:F2} s on one core ({cpu:F2} s of processor time)"));
        return new JsonObject
        {
            ["fleet_seconds"] = Math.Round(wall, 2),
            ["fleet_processor_seconds"] = Math.Round(cpu, 2),
            ["fleet_tasks"] = sum.Arrived,
        };
    }

    private static void Decisions(JsonObject figures, TextWriter output)
    {
        string artifacts = Path.Combine(Path.GetTempPath(), "sensing-benchmarks");
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(artifacts);
        Summary summary = BenchmarkRunner.Run<DecisionBenchmark>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(r => r.ResultStatistics is null))
        {
            throw new MeasureException($"BenchmarkDotNet ran nothing: {string.Join(" ", summary.ValidationErrors.Select(e => e.Message))}");
        }

        output.WriteLine("policy      queued   µs a task   ± (99.9 %)");
        foreach (IGrouping<string, BenchmarkReport> reports in summary.Reports.GroupBy(r => Value<string>(r, nameof(DecisionBenchmark.Policy))))
        {
            var costs = new JsonObject();
            foreach (BenchmarkReport report in reports)
            {
                int queued = Value<int>(report, nameof(DecisionBenchmark.Queued));
                double mean = report.ResultStatistics!.Mean / 1000;
                double error = report.ResultStatistics.ConfidenceInterval.Margin / 1000;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Key,-11} {queued,6} {mean,11:F2}   {error,6:F2}"));
                costs[queued.ToString(CultureInfo.InvariantCulture)] = Math.Round(mean, 2);
            }

            figures[reports.Key == "Plan-ahead" ? "us_per_task" : $"{reports.Key.ToLowerInvariant()}_us_per_task"] = costs;
        }
    }

    /// <summary>The same work by processor time, which other programs on the machine do not lengthen as they do the clock's.</summary>
    private static void ProcessorTime(JsonObject figures, TextWriter output)
    {
        var costs = new JsonObject();
        foreach (int queued in (int[])[8, 64, 512])
        {
            const int Blocks = 100;
            var benchmark = new DecisionBenchmark { Policy = "Plan-ahead", Queued = queued };
            benchmark.Fill();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            for (int block = 0; block < Blocks; block++)
            {
                benchmark.Task();
            }

            double each = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / (Blocks * DecisionBenchmark.Tasks);
            costs[queued.ToString(CultureInfo.InvariantCulture)] = Math.Round(each, 2);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Plan-ahead  {queued,6} {each,11:F2}   of processor time"));
        }

        figures["processor_us_per_task"] = costs;
    }

    private static T Value<T>(BenchmarkReport report, string parameter) =>
        (T)report.BenchmarkCase.Parameters.Items.Single(p => p.Name == parameter).Value;
}
