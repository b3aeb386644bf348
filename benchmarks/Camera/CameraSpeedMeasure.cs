using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sensing.Testing;

namespace Sensing.Benchmarks.Camera;

/// <summary>How fast one core takes a 720p recording through the pipeline without a model, against the same steps in Python with OpenCV.</summary>
public sealed class CameraSpeedMeasure : IMeasure
{
    private const string Python = "/usr/bin/python3";

    public string Name => "camera-speed";

    public string Summary => "Frames a second on one core without a model, decoding included, against Python with OpenCV; memory from start to end.";

    public string Inputs => "--video FILE (default: 40 s of 720p H.264 made on the spot), --loops N, --rounds N, --core N; Debian's ffmpeg, python3-opencv, taskset";

    public string Duration => "3 minutes";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? given = options.Text("video");
        int loops = options.Whole("loops", 3), rounds = options.Whole("rounds", 3), core = options.Whole("core", 0);
        bool isWorker = options.Flag("worker");
        options.NothingElse();
        if (isWorker)
        {
            return await CameraSpeedRun.OfAsync(given!, loops, cancellation);
        }

        using var folder = new TemporaryFolder();
        string video = given is null ? await MakeAsync(folder["720p.mp4"], cancellation)
            : File.Exists(given) ? Path.GetFullPath(given) : throw new MeasureException($"{given} does not exist: name the file with --video FILE.");
        var ours = new List<JsonNode>();
        var theirs = new List<JsonNode>();
        string script = Path.Combine(Repository.Root, "benchmarks", "Camera", "python", "camera_speed.py");
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await OnOneCoreAsync(
                core, ["dotnet", typeof(CameraSpeedMeasure).Assembly.Location, Name, "--worker", "--video", video, "--loops", $"{loops}"], cancellation));
            theirs.Add(await OnOneCoreAsync(core, [Python, script, video, $"{loops}"], cancellation));
        }

        double fps = Median(ours, "seconds"), python = Median(theirs, "seconds");
        double fpsProcessor = Median(ours, "processorSeconds"), pythonProcessor = Median(theirs, "processorSeconds");
        output.WriteLine($"{"one core",-16}{"frames/s",10}{"by processor time",20}{"MB at start",13}{"at end",8}");
        output.WriteLine($"{"Sensing",-16}{fps,10:0.0}{fpsProcessor,20:0.0}{(double)ours[^1]["rssStartMb"]!,13:0.0}{(double)ours[^1]["rssEndMb"]!,8:0.0}");
        output.WriteLine($"{"Python, OpenCV",-16}{python,10:0.0}{pythonProcessor,20:0.0}{(double)theirs[^1]["rssStartMb"]!,13:0.0}{(double)theirs[^1]["rssEndMb"]!,8:0.0}");
        return new JsonObject
        {
            ["frames"] = (int)ours[^1]["frames"]!,
            ["fps"] = Math.Round(fps, 1),
            ["over_python"] = Math.Round(fps / python, 2),
            ["fps_processor"] = Math.Round(fpsProcessor, 1),
            ["over_python_processor"] = Math.Round(fpsProcessor / pythonProcessor, 2),
            ["rss_mb_start"] = Math.Round((double)ours[^1]["rssStartMb"]!, 1),
            ["rss_mb_end"] = Math.Round((double)ours[^1]["rssEndMb"]!, 1),
        };
    }

    /// <summary>FFmpeg's moving test picture with noise, as a camera sends it: without noise, decoding would be too easy.</summary>
    private static async Task<string> MakeAsync(string path, CancellationToken cancellation)
    {
        await using ProgramProcess ffmpeg = ProgramProcess.StartCommand(
        [
            "ffmpeg", "-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=40,noise=alls=8:allf=t",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "4M", "-g", "50", path,
        ]);
        await ffmpeg.SucceedAsync(cancellation);
        return path;
    }

    private static async Task<JsonNode> OnOneCoreAsync(int core, string[] command, CancellationToken cancellation)
    {
        await using ProgramProcess program = ProgramProcess.StartCommand(["taskset", "-c", $"{core}", .. command]);
        int exit = await program.ExitAsync(cancellation);
        return exit == 0 && Regex.Match(program.Output, @"^\{.*""seconds"".*\}$", RegexOptions.Multiline) is { Success: true } json
            ? JsonNode.Parse(json.Value)!
            : throw new MeasureException(
                $"{command[0]} ended with {exit}. It needs taskset, ffmpeg and python3-opencv (apt-get install util-linux ffmpeg python3-opencv). It printed: {program.Output}");
    }

    private static double Median(List<JsonNode> runs, string seconds)
    {
        double[] rates = [.. runs.Select(run => (double)run["frames"]! / (double)run[seconds]!).Order()];
        return rates[rates.Length / 2];
    }
}
