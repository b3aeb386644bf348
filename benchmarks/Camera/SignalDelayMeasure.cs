using System.Text.Json.Nodes;
using Sensing.Benchmarks.Camera.Signals;
using Sensing.TrafficCamera.Signals;
using Sensing.TrafficCamera.Tests.Signals;

namespace Sensing.Benchmarks.Camera;

/// <summary>The delay that the signal controller leaves at two real junctions, and the safety of its random steps.</summary>
internal sealed class SignalDelayMeasure : IMeasure
{
    private const string Folder = "../shared/data/camera/";
    private const int StepsPerJunction = 10_000;

    private static readonly string[] Junctions = ["cologne1", "ingolstadt1"];

    public string Name => "signal-delay";

    public string Summary => "Mean delay of all trips at two real junctions in SUMO under our controller, the fixed plan, SUMO's actuated one and "
        + "plain max-pressure; conflicting greens in random steps.";

    public string Inputs => "--seeds N --first-seed N --scale X --missed X --visible M --rule NAME --folder DIR --junctions A,B --steps N --json FILE";

    public string Duration => "about five minutes with the default of ten seeds and ten million steps";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int seeds = options.Whole("seeds", 10), first = options.Whole("first-seed", 1), steps = options.Whole("steps", 10_000_000);
        double scale = options.Number("scale", 1), missed = options.Number("missed", 0), visible = options.Number("visible", 60);
        string folder = options.Text("folder") ?? Folder;
        string[] junctions = options.Text("junctions")?.Split(',') ?? Junctions;
        string? json = options.Text("json");
        SignalRuleKind rule = options.Text("rule") is not { } word ? SignalRuleKind.MaxPressure
            : Enum.TryParse(word, ignoreCase: true, out SignalRuleKind kind) ? kind
            : throw new MeasureException($"--rule must be one of {string.Join(", ", Enum.GetNames<SignalRuleKind>())}, not '{word}'.");
        options.NothingElse();

        var figures = new JsonObject();
        var runs = new JsonArray();
        output.WriteLine("junction     controller     mean s  lowest highest  seeds  unfinished");
        foreach (string name in junctions)
        {
            var figure = new JsonObject();
            foreach ((string key, Func<SumoRun, SumoJunction, Task<TripDelay>> run) in Controllers(rule, cancellation))
            {
                var delays = new List<TripDelay>();
                for (int seed = first; seed < first + seeds; seed++)
                {
                    SumoJunction junction = Read(folder, name, visible);
                    var sumo = new SumoRun(Config(folder, name), junction) { Seed = seed, Scale = scale, Missed = missed };
                    TripDelay delay = await run(sumo, junction);
                    delays.Add(delay);
                    runs.Add(new JsonObject
                    {
                        ["junction"] = name,
                        ["controller"] = key,
                        ["seed"] = seed,
                        ["delay_s"] = delay.Seconds,
                        ["trips"] = delay.Trips,
                        ["unfinished"] = delay.Unfinished,
                    });
                }

                double mean = delays.Average(d => d.Seconds);
                figure[key] = Math.Round(mean, 2);
                figure[key + "_highest"] = Math.Round(delays.Max(d => d.Seconds), 2);
                output.WriteLine(FormattableString.Invariant(
                    $"{name,-12} {key,-14} {mean,6:0.0}  {delays.Min(d => d.Seconds),6:0.0}  {delays.Max(d => d.Seconds),6:0.0}  {seeds,5}  {delays.Average(d => d.Unfinished),10:0.0}"));
            }

            figures[name] = figure;
        }

        Count(steps, figures, output, cancellation);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, runs.ToJsonString(), cancellation);
        }

        return figures;
    }

    private static IEnumerable<(string Key, Func<SumoRun, SumoJunction, Task<TripDelay>> Run)> Controllers(
        SignalRuleKind rule, CancellationToken cancellation)
    {
        yield return ("ours_s", (run, junction) =>
        {
            var controller = new SignalController(junction.Options with { Rule = rule });
            return run.ControlledAsync((time, readings) =>
            {
                foreach (ApproachReading reading in readings)
                {
                    controller.Accept(reading);
                }

                controller.Advance(time, (_, _) => { });
                return junction.State(controller.Aspect);
            }, cancellation);
        }
        );
        yield return ("fixed_s", (run, _) => run.OwnProgramAsync(actuated: false, cancellation));
        yield return ("actuated_s", (run, _) => run.OwnProgramAsync(actuated: true, cancellation));
        yield return ("max_pressure_s", (run, junction) =>
        {
            var plain = new PlainMaxPressure(junction);
            return run.ControlledAsync((_, readings) => plain.Control(readings), cancellation);
        }
        );
    }

    private static void Count(int steps, JsonObject figures, TextWriter output, CancellationToken cancellation)
    {
        long conflicts = 0, badChanges = 0, greens = 0;
        for (int done = 0, seed = 0; done < steps; done += StepsPerJunction, seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            SignalMonitor monitor = RandomSteps.Run(seed, Math.Min(StepsPerJunction, steps - done));
            conflicts += monitor.Conflicts;
            badChanges += monitor.BadChanges;
            greens += monitor.Greens;
            if (monitor.Problem is { } problem)
            {
                output.WriteLine($"seed {seed}: {problem}");
            }
        }

        output.WriteLine($"{steps} random steps: {conflicts} conflicting greens, {badChanges} changes without full yellow, all-red or green, {greens} greens");
        figures["conflicts"] = conflicts;
        figures["bad_changes"] = badChanges;
        figures["random_steps"] = steps;
        figures["greens"] = greens;
    }

    private static string Config(string folder, string name) => Existing(Path.Combine(folder, "sumo_" + name, name + ".sumocfg"));

    private static SumoJunction Read(string folder, string name, double visibleM) =>
        new(Existing(Path.Combine(folder, "sumo_" + name, name + ".net.xml")), visibleM);

    private static string Existing(string file) => File.Exists(file) ? file
        : throw new MeasureException($"{file} does not exist: name the folder of sumo_NAME/NAME.sumocfg with --folder DIR.");
}
