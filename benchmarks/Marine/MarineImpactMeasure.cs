using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Learning;

namespace Sensing.Benchmarks.Marine;

/// <summary>The classifier of impacts: on simulated seas that it has not seen, and the same features and trainer on real windows of impacts.</summary>
public sealed class MarineImpactMeasure : IMeasure
{
    private const string Folder = "../shared/data/marine";

    public string Name => "marine-impact";

    public string Summary => "Impact classes on simulated seas and on real windows: accuracy, false impacts, calibration, time and size.";

    public string Inputs =>
        $"impacts_drone and impacts in {Folder} (--data FOLDER); --windows FILE.csv scores other windows after training on all of impacts_drone; "
        + "--json FILE writes their classes; --seeds N (default 3) --hours H (default 10) --only sea|drone|robot";

    public string Duration => "5 min";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string folder = options.Text("data") ?? Folder;
        string? windows = options.Text("windows"), json = options.Text("json"), only = options.Text("only");
        int seeds = options.Whole("seeds", 3);
        double hours = options.Number("hours", 10);
        options.NothingElse();
        try
        {
            return Task.FromResult(windows is not null
                ? DroneScore.Others(Read(Path.Combine(folder, "impacts_drone", "impacts_drone_dev.csv")), Read(windows), json, seeds, output, cancellation)
                : All(folder, seeds, hours, only, output, cancellation));
        }
        catch (WindowFileException error)
        {
            throw new MeasureException(error.Message);
        }
    }

    private static JsonObject All(string folder, int seeds, double hours, string? only, TextWriter output, CancellationToken cancellation)
    {
        var result = new JsonObject();
        if (only is null or "sea")
        {
            SeaScore.Measure(seeds, hours, result, output, cancellation);
        }

        if (only is null or "drone")
        {
            DroneScore.Measure(Read(Path.Combine(folder, "impacts_drone", "impacts_drone_dev.csv")), seeds, result, output, cancellation);
        }

        if (only is null or "robot")
        {
            foreach (string set in (string[])["lp1", "lp4", "lp2"])
            {
                RobotScore.Measure(set, Path.Combine(folder, "impacts", $"uci_robot_{set}.data"), seeds, result, output, cancellation);
            }
        }

        return result;
    }

    private static IReadOnlyList<LabelledWindow> Read(string path) => WindowFile.Read(path);
}
