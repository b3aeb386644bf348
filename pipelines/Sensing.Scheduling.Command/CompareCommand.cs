using System.CommandLine;
using Sensing.Scheduling.Comparisons;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Command;

/// <summary><c>sensing-schedule compare</c>: runs policies side by side and shows what each made of the same tasks.</summary>
internal static class CompareCommand
{
    /// <summary>128 + SIGINT, as a shell reports it.</summary>
    private const int Stopped = 130;

    public static System.CommandLine.Command Build()
    {
        var workload = new Option<string>("--workload") { Description = "Workloads, comma-separated: 2-passive, 4-active, … or FILE.json.", DefaultValueFactory = _ => "all" };
        var policies = new Option<string>("--policies") { Description = "Policies, comma-separated, as shown by `list`.", DefaultValueFactory = _ => "all" };
        var variability = new Option<string>("--variability") { Description = "Scenarios of the cloud, comma-separated, or all.", DefaultValueFactory = _ => "calm" };
        var seeds = new Option<string>("--seeds") { Description = "Seeds: 7, 1000-1029, 1,2,10-12.", DefaultValueFactory = _ => "1000-1004" };
        var edges = new Option<int>("--edges") { Description = "Edges per run, each with its own workload (the paper's fleet: 7).", DefaultValueFactory = _ => 1 };
        var duration = new Option<int>("--duration-s") { Description = "Length of a run in s; a workload from a file has its own.", DefaultValueFactory = _ => 300 };
        var edgeSigma = new Option<double>("--edge-sigma") { Description = "σ of the logarithm of edge times.", DefaultValueFactory = _ => LatencyOptions.Default.EdgeSigma };
        var cloudSigma = new Option<double>("--cloud-sigma") { Description = "σ of the logarithm of cloud times.", DefaultValueFactory = _ => LatencyOptions.Default.CloudSigma };
        var csv = new Option<FileInfo?>("--csv") { Description = "Write one line per run to this file." };
        var plot = new Option<FileInfo?>("--plot") { Description = "Draw the means: FILE.png or FILE.svg." };
        var command = new System.CommandLine.Command("compare", "Run policies on the same tasks and compare completion, utility, QoE and where tasks ran.")
        {
            workload, policies, variability, seeds, edges, duration, edgeSigma, cloudSigma, csv, plot,
        };
        Check(policies, text => UnknownIn(text, n => PolicyCatalogue.Create(n) is not null));
        Check(variability, text => UnknownIn(text, n => Variability.Find(n, 1, 0) is not null));
        Check(workload, text => Names(text, []).Select(WorkloadOption.Mistake).FirstOrDefault(m => m is not null));
        Check(seeds, text => SeedRange.Parse(text) is null ? "must look like 7, 1000-1029 or 1,2,10-12" : null);
        Check(edges, count => count is < 1 or > 1000 ? "must be 1 to 1000" : null);
        Check(duration, seconds => seconds is < 1 or > 86_400 ? "must be 1 to 86400" : null);
        Check(edgeSigma, sigma => sigma is >= 0 and <= 2 ? null : "must be 0 to 2");
        Check(cloudSigma, sigma => sigma is >= 0 and <= 2 ? null : "must be 0 to 2");
        Check(plot, OutputFile.PictureMistake);
        Check(csv, OutputFile.Mistake);
        command.SetAction((result, stop) =>
        {
            long length = result.GetValue(duration) * 1_000_000L;
            bool ownLength = result.GetResult(duration) is null or { Implicit: true };
            var plan = new ComparisonPlan
            {
                Workloads =
                [
                    .. Names(result.GetValue(workload)!, [.. Workload.Published.Select(w => w.Name)])
                        .Select(n => WorkloadOption.IsFile(n) && ownLength ? WorkloadOption.Read(n) : WorkloadOption.Read(n) with { Duration = length }),
                ],
                Policies = Names(result.GetValue(policies)!, PolicyCatalogue.Names),
                Scenarios = Names(result.GetValue(variability)!, Variability.Names),
                Seeds = SeedRange.Parse(result.GetValue(seeds)!)!,
                Edges = result.GetValue(edges),
                Latency = LatencyOptions.Default with { EdgeSigma = result.GetValue(edgeSigma), CloudSigma = result.GetValue(cloudSigma) },
            };
            // On a thread of its own: Ctrl-C waits for a task, not for a call that has not returned.
            return Task.Run(() => Run(plan, result.GetValue(csv), result.GetValue(plot), stop), CancellationToken.None);
        });
        return command;
    }

    /// <summary>Runs it; stopped early, it shows the runs that were done.</summary>
    private static int Run(ComparisonPlan plan, FileInfo? csv, FileInfo? plot, CancellationToken stop)
    {
        try
        {
            using TextWriter? lines = csv?.CreateText();
            lines?.WriteLine(ComparisonText.CsvHeader);
            var rows = new List<ComparisonRow>();
            var progress = new ProgressLine(Console.Error, plan.Runs, !Console.IsErrorRedirected);
            foreach (ComparisonRow row in Comparison.Run(plan))
            {
                rows.Add(row);
                lines?.WriteLine(ComparisonText.CsvLine(row));
                progress.Done($"{row.Workload} {row.Scenario} seed {row.Seed} {row.Policy}");
                if (stop.IsCancellationRequested)
                {
                    break;
                }
            }

            progress.End();
            IReadOnlyList<ComparisonMean> means = ComparisonMean.Of(rows);
            ComparisonText.WriteTable(Console.Out, means);
            if (plot is not null)
            {
                ComparisonChart.Save(plot.FullName, means);
            }

            if (rows.Count < plan.Runs)
            {
                Console.Error.WriteLine($"sensing-schedule: stopped after {rows.Count} of {plan.Runs} runs; the figures are theirs.");
                return Stopped;
            }

            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"sensing-schedule: {error.Message}");
            return 1;
        }
    }

    private static IReadOnlyList<string> Names(string text, IReadOnlyList<string> all) =>
        text == "all" ? all : text.Split(',', StringSplitOptions.TrimEntries);

    private static string? UnknownIn(string text, Func<string, bool> exists) =>
        Names(text, []).FirstOrDefault(name => !exists(name)) is { } unknown
            ? $"knows no '{unknown}'; `sensing-schedule list` names all" : null;

    private static void Check<T>(Option<T> option, Func<T, string?> mistake) => option.Validators.Add(result =>
    {
        if (mistake(result.GetValueOrDefault<T>()!) is { } message)
        {
            result.AddError($"{option.Name} {message}.");
        }
    });
}
