using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;
using Sensing.Vision.OpenCv;

namespace Sensing.Benchmarks.Camera;

/// <summary>The background model's masks against masks made by people, beside OpenCV's models on the same pictures.</summary>
internal sealed class CameraOccupancyMeasure : IMeasure
{
    private const string Folder = "../shared/data/camera/";

    /// <summary>Pictures a second, where their files carry no time.</summary>
    private const double Rate = 25;

    private static readonly (string Name, int? From, int? To)[] Sets =
        [("cdnet_highway", 470, 1085), ("sbi_highway1", 100, null), ("cdnet_traffic_jitter", 900, 1570)];

    public string Name => "camera-occupancy";

    public string Summary => "Vehicle pixels found by the background model against human masks, beside OpenCV's MOG2 and KNN.";

    public string Inputs => "--set NAME, or --frames DIR --masks DIR [--from N --to N --history N]";

    public string Duration => "two minutes";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? set = options.Text("set"), frames = options.Text("frames"), masks = options.Text("masks");
        int? from = Number(options, "from"), to = Number(options, "to"), history = Number(options, "history");
        options.NothingElse();
        if ((frames is null) != (masks is null))
        {
            throw new MeasureException("--frames and --masks belong together.");
        }

        OccupancySequence[] sequences = frames is not null
            ? [OccupancySequence.Open(Path.GetFileName(Path.TrimEndingDirectorySeparator(frames)), frames, masks!, from, to, history)]
            : [.. Chosen(set).Select(s => OccupancySequence.Open(
                s.Name, Folder + s.Name + "/input", Folder + s.Name + "/groundtruth", from ?? s.From, to ?? s.To, history))];
        if (OpenCvLibrary.Problem is { } problem)
        {
            output.WriteLine($"without MOG2 and KNN: {problem}");
        }

        var figures = new JsonObject();
        output.WriteLine("sequence                model      F  precision  recall  occupancy error  ms a frame (processor)");
        foreach (OccupancySequence sequence in sequences)
        {
            JsonObject own = Score(sequence, "own", () => new RoadBackground(new BackgroundOptions()), output, cancellation);
            foreach (OpenCvModel kind in OpenCvLibrary.Problem is null ? Enum.GetValues<OpenCvModel>() : [])
            {
                string model = kind.ToString().ToLowerInvariant();
                own[model] = Score(sequence, model, () => new OpenCvBackground(kind), output, cancellation);
            }

            figures[sequence.Name] = own;
        }

        return Task.FromResult(figures);
    }

    private static JsonObject Score(
        OccupancySequence sequence, string name, Func<IBackgroundModel> create, TextWriter output, CancellationToken cancellation)
    {
        using IBackgroundModel model = create();
        var score = new OccupancyScore();
        double milliseconds = 0;
        int timed = 0;
        foreach ((int number, string path) in sequence.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            using Frame frame = FrameImage.Read(path, DateTimeOffset.UnixEpoch.AddSeconds(number / Rate));
            TimeSpan before = Process.GetCurrentProcess().UserProcessorTime;
            ForegroundMask mask = model.Apply(frame);
            if (number >= sequence.From)
            {
                milliseconds += (Process.GetCurrentProcess().UserProcessorTime - before).TotalMilliseconds;
                timed++;
            }

            if (number >= sequence.From && sequence.Masks.TryGetValue(number, out string? file))
            {
                using Frame truth = FrameImage.Read(file, frame.Time);
                if (truth.Width != frame.Width || truth.Height != frame.Height)
                {
                    throw new MeasureException($"{file} has {truth.Width} × {truth.Height} pixels, {path} {frame.Width} × {frame.Height}.");
                }

                score.Add(mask.Pixels, truth.Luma);
            }
        }

        double each = milliseconds / Math.Max(1, timed);
        output.WriteLine(FormattableString.Invariant(
            $"{sequence.Name,-22}  {name,-5} {score.F,6:0.0000}     {score.Precision:0.0000}  {score.Recall:0.0000}           {score.OccupancyError:0.0000}  {each,5:0.00}"));
        return new JsonObject
        {
            ["f"] = Math.Round(score.F, 4),
            ["occupancy_mae"] = Math.Round(score.OccupancyError, 5),
            ["precision"] = Math.Round(score.Precision, 4),
            ["recall"] = Math.Round(score.Recall, 4),
            ["ms_per_frame"] = Math.Round(each, 2),
        };
    }

    private static (string Name, int? From, int? To)[] Chosen(string? name)
    {
        if (name is null)
        {
            return Sets;
        }

        (string Name, int? From, int? To)[] chosen = [.. Sets.Where(s => s.Name == name)];
        return chosen.Length > 0 ? chosen
            : throw new MeasureException($"unknown set '{name}': {string.Join(", ", Sets.Select(s => s.Name))} are known; others with --frames and --masks.");
    }

    private static int? Number(MeasureOptions options, string name)
        => options.Whole(name, int.MinValue) is var value && value == int.MinValue ? null : value;
}
