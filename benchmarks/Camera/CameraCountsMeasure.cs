using System.Globalization;
using System.Text.Json.Nodes;

namespace Sensing.Benchmarks.Camera;

/// <summary>Vehicles counted at a line, against a person's count.</summary>
internal sealed class CameraCountsMeasure : IMeasure
{
    private const string Folder = "../shared/data/camera/";

    /// <summary>The clips that the project has truth of, and where they are.</summary>
    internal static readonly (string Name, string Video, string Truth)[] Clips =
    [
        ("beijing_ring_b", Folder + "beijing_ring_b.mp4", Folder + "truth/beijing_ring_b.json"),
        ("german_junction", Folder + "german_junction/frames", Folder + "truth/german_junction_001_260.json"),
        ("cdnet_highway", Folder + "cdnet_highway/input", Folder + "truth/cdnet_highway_0470_1085.json"),
        ("car_park_lane", Folder + "car_park_lane.mp4", Folder + "truth/car_park_lane.json"),
        ("residential_street", Folder + "residential_street.mp4", Folder + "truth/residential_street.json"),
    ];

    public string Name => "camera-counts";

    public string Summary =>
        "Vehicles counted at a line in real clips against a person's count: F1 by time, direction and lane, level, classes.";

    public string Inputs => "--clip NAME | --video FILE|DIR --truth FILE.json, --json FILE";

    public string Duration => "two minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? video = options.Text("video"), truthFile = options.Text("truth"), one = options.Text("clip"), json = options.Text("json");
        options.NothingElse();
        if ((video is null) != (truthFile is null))
        {
            throw new MeasureException("--video and --truth belong together: the truth file has the set-up.");
        }

        (string Name, string Video, string Truth)[] clips = video is not null
            ? [(Path.GetFileNameWithoutExtension(truthFile!), video, truthFile!)]
            : [.. Clips.Where(c => one is null || c.Name == one)];
        if (clips.Length == 0)
        {
            throw new MeasureException($"Unknown clip '{one}' (known: {string.Join(", ", Clips.Select(c => c.Name))}).");
        }

        var figures = new JsonObject();
        var crossings = new JsonArray();
        var classes = new ClassConfusion();
        output.WriteLine("clip                 F1     lane F1  counted  person  false  missed  level (expected)");
        foreach ((string name, string path, string truthPath) in clips)
        {
            foreach (string needed in new[] { path, truthPath }.Where(p => !File.Exists(p) && !Directory.Exists(p)))
            {
                throw new MeasureException($"{needed} does not exist: name others with --video FILE|DIR --truth FILE.json.");
            }

            CameraTruth truth = CameraTruth.Read(truthPath);
            ClipRun run = await ClipRun.OfAsync(path, truth, null, cancellation);
            CountScore score = CountScore.Of(truth, run.Counted);
            string level = $"{run.Level} ({truth.Level ?? "-"})";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20} {score.F1:0.000}  {score.LaneF1:0.000}    {score.Counted,7} {truth.Crossings.Count,7} ")
                + $"{score.False.Count,6} {score.Missed.Count,7}  {level}");
            Write(output, score);
            classes.Add(score);
            figures[name] = Figures(truth, run, score);
            foreach (CountedCrossing c in run.Counted)
            {
                crossings.Add(new JsonObject
                {
                    ["clip"] = name,
                    ["line"] = c.Line,
                    ["k"] = Math.Round(c.Frame, 1),
                    ["lane"] = c.Lane,
                    ["class"] = c.Class,
                    ["speed_kmh"] = c.SpeedKmh,
                });
            }
        }

        classes.Write(output);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, crossings.ToJsonString(), cancellation);
        }

        return figures;
    }

    private static JsonObject Figures(CameraTruth truth, ClipRun run, CountScore score) => new()
    {
        ["f1"] = Math.Round(score.F1, 4),
        ["lane_f1"] = Math.Round(score.LaneF1, 4),
        ["counted"] = score.Counted,
        ["person"] = truth.Crossings.Count,
        ["level"] = run.Level,
        ["level_right"] = truth.Level is null ? null : truth.Level == run.Level,
        ["class_right"] = score.Pairs.Count(p => ClassConfusion.BySize(p.Truth.Class) == p.Counted.Class),
    };

    private static void Write(TextWriter output, CountScore score)
    {
        foreach (TrueCrossing missed in score.Missed)
        {
            output.WriteLine($"  missed {missed.Line} {missed.First} to {missed.Last} lane {missed.Lane} {missed.Class}");
        }

        foreach (CountedCrossing wrong in score.False)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  false  {wrong.Line} {wrong.Frame:0.0} lane {wrong.Lane} {wrong.Class} {wrong.SpeedKmh:0} km/h"));
        }
    }
}
