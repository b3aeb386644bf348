using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sensing.Testing;
using Sensing.TrafficCamera;

namespace Sensing.Benchmarks.Camera;

/// <summary>How fast one core takes a 720p recording through the node's pipeline, against the same steps in Python with OpenCV; what four cameras use.</summary>
/// <remarks>Rates by time on the clock are right on an idle machine; those by processor time hardly depend on what else it does.</remarks>
public sealed class CameraSpeedMeasure : IMeasure
{
    private const string Python = "/usr/bin/python3";
    private const int Cameras = 4;
    private const double CameraRate = 15, CameraSeconds = 30;

    public string Name => "camera-speed";

    public string Summary =>
        "Frames a second of the whole pipeline on one core, decoding included, against Python with OpenCV; memory from start to end; "
        + "four cameras on two cores.";

    public string Inputs =>
        "--video FILE (default: 20 s of 720p H.264, drawn on the spot) --truth FILE.json (its set-up), --loops N, --rounds N, --core N, "
        + "--minutes N (a long run for memory), --no-python; Debian's ffmpeg, python3-opencv, taskset";

    public string Duration => "five minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? given = options.Text("video"), truth = options.Text("truth"), worker = options.Text("worker");
        int loops = options.Whole("loops", 3), rounds = options.Whole("rounds", 3), core = options.Whole("core", 0);
        double minutes = options.Number("minutes", 0);
        bool python = !options.Flag("no-python");
        options.NothingElse();
        if (worker is not null)
        {
            TrafficOptions setup = SpeedVideo.Options(worker == "drawn" ? null : worker, truth);
            return await (rounds == 0
                ? CameraSpeedRun.CamerasAsync(given!, setup, Cameras, CameraRate, CameraSeconds, cancellation)
                : CameraSpeedRun.OfAsync(given!, setup, loops, minutes, cancellation));
        }

        if (given is not null && !File.Exists(given))
        {
            throw new MeasureException($"{given} does not exist: name the file with --video FILE.");
        }

        using var folder = new TemporaryFolder();
        string video = given is null ? folder["720p.mp4"] : Path.GetFullPath(given);
        if (given is null)
        {
            output.WriteLine("drawing the recording");
            SpeedVideo.Write(video);
        }

        string[] own =
        [
            "dotnet", typeof(CameraSpeedMeasure).Assembly.Location, Name, "--video", video, "--worker", given is null ? "drawn" : video,
            .. truth is null ? Array.Empty<string>() : ["--truth", truth],
        ];
        var ours = new List<JsonNode>();
        var theirs = new List<JsonNode>();
        string script = Path.Combine(Repository.Root, "benchmarks", "Camera", "python", "camera_speed.py");
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await RunOnAsync($"{core}", [.. own, "--loops", $"{loops}"], cancellation));
            Write(output, "Sensing", ours[^1]);
            if (python)
            {
                theirs.Add(await RunOnAsync($"{core}", [Python, script, video, $"{loops}"], cancellation));
                Write(output, "Python, OpenCV", theirs[^1]);
            }
        }

        JsonNode memory = minutes > 0
            ? await RunOnAsync($"{core}", [.. own, "--minutes", FormattableString.Invariant($"{minutes}")], cancellation) : ours[^1];
        Write(output, "Sensing, memory", memory);
        JsonNode cameras = await RunOnAsync("0,1", [.. own, "--rounds", "0"], cancellation);
        double share = (double)cameras["processorSeconds"]! / (double)cameras["seconds"]! / 2;
        output.WriteLine(FormattableString.Invariant(
            $"{Cameras} cameras at {CameraRate} frames/s: {100 * share:0} % of two cores (processor time), ")
            + FormattableString.Invariant($"{(int)cameras["late"]!} of {(int)cameras["frames"]!} frames late by more than 1 s"));
        return Figures(ours, theirs, memory, cameras, share);
    }

    private static JsonObject Figures(List<JsonNode> ours, List<JsonNode> theirs, JsonNode memory, JsonNode cameras, double share)
    {
        double fps = Median(ours, "seconds"), fpsProcessor = Median(ours, "processorSeconds");
        double? Over(double rate, string seconds) => theirs.Count == 0 ? null : Math.Round(rate / Median(theirs, seconds), 2);
        return new JsonObject
        {
            ["frames"] = (int)ours[^1]["frames"]!,
            ["fps"] = Math.Round(fps, 1),
            ["over_python"] = Over(fps, "seconds"),
            ["fps_processor"] = Math.Round(fpsProcessor, 1),
            ["over_python_processor"] = Over(fpsProcessor, "processorSeconds"),
            ["rss_mb_start"] = Math.Round((double)memory["rssStartMb"]!, 1),
            ["rss_mb_end"] = Math.Round((double)memory["rssEndMb"]!, 1),
            ["rss_minutes"] = Math.Round((double)memory["seconds"]! / 60, 1),
            ["four_cameras_cpu"] = Math.Round(share, 3),
            ["four_cameras_late"] = Math.Round((double)cameras["late"]! / Math.Max(1, (int)cameras["frames"]!), 3),
        };
    }

    private static void Write(TextWriter output, string name, JsonNode run)
    {
        double frames = (double)run["frames"]!;
        output.WriteLine(FormattableString.Invariant(
            $"{name,-16} {frames / (double)run["seconds"]!,7:0.0} frames/s  {frames / (double)run["processorSeconds"]!,7:0.0} by processor time")
            + FormattableString.Invariant($"  {(double)run["rssStartMb"]!,6:0.0} MB at start  {(double)run["rssEndMb"]!,6:0.0} MB at the end")
            + FormattableString.Invariant($"  {(int)run["counted"]!} counted"));
        output.Flush();
    }

    private static async Task<JsonNode> RunOnAsync(string cores, string[] command, CancellationToken cancellation)
    {
        await using ProgramProcess program = ProgramProcess.StartCommand(["taskset", "-c", cores, .. command]);
        int exit = await program.ExitAsync(cancellation);
        return exit == 0 && Regex.Match(program.Output, @"^\{.*""seconds"".*\}$", RegexOptions.Multiline) is { Success: true } json
            ? JsonNode.Parse(json.Value)!
            : throw new MeasureException($"{command[0]} ended with {exit}. It needs taskset, ffmpeg and python3-opencv "
                + $"(apt-get install util-linux ffmpeg python3-opencv; --no-python measures without). It printed: {program.Output}");
    }

    private static double Median(List<JsonNode> runs, string seconds)
    {
        double[] rates = [.. runs.Select(run => (double)run["frames"]! / (double)run[seconds]!).Order()];
        return rates[rates.Length / 2];
    }
}
