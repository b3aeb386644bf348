using System.CommandLine;
using System.Globalization;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Command;

/// <summary><c>sensing-schedule timeline</c>: draws what one policy did with a few seconds of tasks.</summary>
internal static class TimelineCommand
{
    public static System.CommandLine.Command Build()
    {
        var workload = new Option<string>("--workload") { Description = "Workload, such as 2-active, or FILE.json.", DefaultValueFactory = _ => "2-active" };
        var policy = new Option<string>("--policy") { Description = "Policy, as shown by `list`.", DefaultValueFactory = _ => "DEMS" };
        var variability = new Option<string>("--variability") { Description = "Scenario of the cloud.", DefaultValueFactory = _ => "calm" };
        var seed = new Option<long>("--seed") { Description = "Seed of the run.", DefaultValueFactory = _ => 1000 };
        var from = new Option<double>("--from-s") { Description = "First second drawn.", DefaultValueFactory = _ => 20 };
        var to = new Option<double>("--to-s") { Description = "Last second drawn.", DefaultValueFactory = _ => 25 };
        var plot = new Option<FileInfo>("--plot") { Description = "FILE.png or FILE.svg.", Required = true };
        var command = new System.CommandLine.Command("timeline", "Draw what a policy did: the edge's runs, the cloud's calls, what was dropped.")
        {
            workload, policy, variability, seed, from, to, plot,
        };
        workload.Validators.Add(result => Require(result, WorkloadOption.Mistake(result.GetValueOrDefault<string>()!), "--workload"));
        plot.Validators.Add(result => Require(result, OutputFile.PictureMistake(result.GetValueOrDefault<FileInfo>()), "--plot"));
        policy.Validators.Add(result => Require(result, PolicyCatalogue.Create(result.GetValueOrDefault<string>()!) is not null, "--policy must be one that `list` names."));
        variability.Validators.Add(result => Require(result, Variability.Find(result.GetValueOrDefault<string>()!, 1, 0) is not null, "--variability must be one that `list` names."));
        command.SetAction(result =>
        {
            double start = result.GetValue(from);
            double end = result.GetValue(to);
            if (!(start >= 0 && end > start))
            {
                Console.Error.WriteLine("--to-s must be above --from-s, and that not below 0.");
                return 1;
            }

            Workload load = Variability.Shape(result.GetValue(variability)!, WorkloadOption.Read(result.GetValue(workload)!));
            double length = load.Duration * 1e-6;
            if (start >= length)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--from-s must be below {length:0.###}, the length of the run in s."));
                return 1;
            }

            SchedulingPolicy chosen = PolicyCatalogue.Create(result.GetValue(policy)!)!;
            var trace = new List<TraceEntry>();
            Simulator.Run(
                TaskStream.Draw(load, LatencyOptions.Default, result.GetValue(seed)),
                Variability.Find(result.GetValue(variability)!, load.Duration, result.GetValue(seed))!,
                chosen,
                LatencyOptions.Default,
                QoeOptions.Default,
                trace.Add);
            try
            {
                TimelineChart.Save(result.GetValue(plot)!.FullName, chosen.Name, load.Types, trace, start, Math.Min(end, length + 1));
                return 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"sensing-schedule: {error.Message}");
                return 1;
            }
        });
        return command;
    }

    private static void Require(System.CommandLine.Parsing.OptionResult result, string? mistake, string option) =>
        Require(result, mistake is null, $"{option} {mistake}.");

    private static void Require(System.CommandLine.Parsing.OptionResult result, bool holds, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
