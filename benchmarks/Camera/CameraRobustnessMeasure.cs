using System.Text.Json.Nodes;
using Sensing.Streams;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>What haze, fog, night, rain and shaking do to counts and index of the clips of camera-counts.</summary>
internal sealed class CameraRobustnessMeasure : IMeasure
{
    private const long Seed = 1;

    public string Name => "camera-robustness";

    public string Summary => "Counts, index and quality of real clips under synthetic haze, fog, night, rain and shaking, against the same clips undisturbed.";

    public string Inputs =>
        "--clip NAME | --video FILE|DIR --truth FILE.json, --condition haze|fog|night|rain|shake, --strength 0…1 (default 1), --no-restoration";

    public string Duration => "five minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? video = options.Text("video"), truthFile = options.Text("truth"), one = options.Text("clip"), condition = options.Text("condition");
        double strength = options.Number("strength", 1);
        bool restore = !options.Flag("no-restoration");
        options.NothingElse();
        if (strength is < 0 or > 1)
        {
            throw new MeasureException("--strength must lie between 0 and 1.");
        }

        DegradationKind[] kinds = Kinds(condition);
        (string Name, string Video, string Truth)[] clips = Clips(video, truthFile, one);
        output.WriteLine("clip                 condition   F1   drop  counted  person  index MAE  quality  reason");
        var worst = kinds.ToDictionary(kind => kind, _ => new Worst());
        var perClip = new JsonObject();
        foreach ((string name, string path, string truthPath) in clips)
        {
            CameraTruth truth = CameraTruth.Read(truthPath);
            List<ConditionScore> scores = await ScoreAsync(path, truth, kinds, strength, restore, cancellation);
            var figures = new JsonObject();
            foreach (ConditionScore score in scores)
            {
                output.WriteLine(score.Line(name, truth));
                figures[score.Name] = score.Figures();
                if (score.Kind is { } kind)
                {
                    worst[kind].Take(score);
                }
            }

            output.Flush();
            perClip[name] = figures;
        }

        var result = new JsonObject { ["strength"] = strength };
        foreach ((DegradationKind kind, Worst figures) in worst)
        {
            result[kind.ToString().ToLowerInvariant()] = figures.Figures();
        }

        result["clips"] = perClip;
        return result;
    }

    private static async Task<List<ConditionScore>> ScoreAsync(
        string path, CameraTruth truth, DegradationKind[] kinds, double strength, bool restore, CancellationToken cancellation)
    {
        double rate = truth.FramesPerSecond ?? ClipRun.AssumedFramesPerSecond;
        var chains = new List<(DegradationKind? Kind, RobustnessChain Chain)>();
        try
        {
            int k = 0;
            await using ISource<Frame> source = ClipRun.Open(path, rate);
            await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation))
            {
                if (item.Sample is not { } sample)
                {
                    continue;
                }

                using Frame frame = sample;
                if (k++ > truth.Last)
                {
                    break;
                }

                if (chains.Count == 0)
                {
                    var depth = RowDepth.Of(Carriageway.All(
                        truth.Approaches, truth.CameraWidth, truth.CameraHeight, frame.Width, frame.Height));
                    chains.Add((null, new RobustnessChain(truth, rate, frame, null, restore)));
                    chains.AddRange(kinds.Select(kind => ((DegradationKind?)kind, new RobustnessChain(
                        truth, rate, frame, Degradation.Of(kind, strength, frame.Width, frame.Height, Seed, depth), restore))));
                }

                foreach ((_, RobustnessChain chain) in chains)
                {
                    chain.Next(frame);
                }
            }

            if (k <= truth.First)
            {
                throw new MeasureException($"{path} has {k} frames; the truth begins at frame {truth.First}.");
            }

            return [.. chains.Select(c => new ConditionScore(c.Kind, truth, c.Chain, chains[0].Chain))];
        }
        finally
        {
            chains.ForEach(c => c.Chain.Dispose());
        }
    }

    private static DegradationKind[] Kinds(string? name) => name is null ? Enum.GetValues<DegradationKind>()
        : Enum.TryParse(name, ignoreCase: true, out DegradationKind kind) && Enum.IsDefined(kind) ? [kind]
        : throw new MeasureException($"Unknown condition '{name}' (known: haze, fog, night, rain, shake).");

    private static (string Name, string Video, string Truth)[] Clips(string? video, string? truth, string? one)
    {
        if ((video is null) != (truth is null))
        {
            throw new MeasureException("--video and --truth belong together: the truth file has the set-up.");
        }

        (string Name, string Video, string Truth)[] clips = video is not null
            ? [(Path.GetFileNameWithoutExtension(truth!), video, truth!)]
            : [.. CameraCountsMeasure.Clips.Where(c => one is null || c.Name == one)];
        if (clips.Length == 0)
        {
            throw new MeasureException($"Unknown clip '{one}' (known: {string.Join(", ", CameraCountsMeasure.Clips.Select(c => c.Name))}).");
        }

        string? missing = clips.SelectMany(c => new[] { c.Video, c.Truth }).FirstOrDefault(p => !File.Exists(p) && !Directory.Exists(p));
        return missing is null ? clips : throw new MeasureException($"{missing} does not exist: name others with --video FILE|DIR --truth FILE.json.");
    }

    /// <summary>The worst figures of a condition over the clips.</summary>
    private sealed class Worst
    {
        private double _drop = double.NegativeInfinity, _index, _quality, _clear = 1;

        public void Take(ConditionScore score)
        {
            _drop = Math.Max(_drop, score.Drop);
            _index = Math.Max(_index, score.IndexError);
            _quality = Math.Max(_quality, score.Quality);
            _clear = Math.Min(_clear, score.UndisturbedQuality);
        }

        public JsonObject Figures() => new()
        {
            ["count_f1_drop"] = Math.Round(_drop, 4),
            ["index_mae"] = Math.Round(_index, 4),
            ["quality"] = Math.Round(_quality, 3),
            ["quality_undisturbed"] = Math.Round(_clear, 3),
        };
    }
}
