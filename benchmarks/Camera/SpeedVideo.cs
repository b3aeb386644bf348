using System.Diagnostics;
using System.Numerics;
using Sensing.TrafficCamera;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Sensing.Vision.Video;

namespace Sensing.Benchmarks.Camera;

/// <summary>A 720p H.264 recording of a signal approach, drawn by the program, and the set-ups of recordings.</summary>
internal static class SpeedVideo
{
    public const int Width = 1280;
    public const int Height = 720;
    private const int Seconds = 20;

    private static readonly SceneOptions Scene = ScenePresets.ApproachSouth with
    {
        Width = Width,
        Height = Height,
        FramesPerSecond = 25,
        VehiclesPerHour = 700,
        NoiseLevels = 2,
        Sound = false,
    };

    /// <summary>Draws and encodes it.</summary>
    public static void Write(string path)
    {
        using var scene = new TrafficScene(Scene);
        using var video = new VideoWriter(path, Scene.FramesPerSecond);

        // A minute in: the road is not empty any more.
        scene.Skip(60 * Scene.FramesPerSecond);
        for (int i = 0; i < Seconds * Scene.FramesPerSecond; i++)
        {
            using Frame frame = scene.Next();
            video.Write(frame);
        }

        video.Complete();
    }

    /// <summary>The set-up of the drawn recording, of a truth file, or of any road that leads up through the picture.</summary>
    /// <param name="video">The recording, whose picture size a set-up without a truth file needs; null: the drawn one.</param>
    /// <param name="truth">A truth file; null: none.</param>
    public static TrafficOptions Options(string? video, string? truth) => new()
    {
        Approaches = truth is not null ? [.. CameraTruth.Read(truth).Approaches] : [video is null ? Drawn() : AnyRoad(video)],
    };

    private static ApproachOptions Drawn()
    {
        SceneSetup setup = SceneSetup.Of(Scene);
        return new ApproachOptions
        {
            Name = "south",
            Polygon = [.. setup.Polygon.Select(Point)],
            WidthM = setup.WidthM,
            LengthM = setup.LengthM,
            Lanes = setup.Lanes,
            CountingLine = new LineOptions(Point(setup.CountingLine.Left), Point(setup.CountingLine.Right)),
            SpeedLimitKmh = Scene.SpeedKmh,
        };
    }

    private static ApproachOptions AnyRoad(string video)
    {
        (double w, double h) = SizeOf(video);
        return new ApproachOptions
        {
            Name = "road",
            Polygon = [new(0.15 * w, 0.98 * h), new(0.85 * w, 0.98 * h), new(0.6 * w, 0.35 * h), new(0.4 * w, 0.35 * h)],
            WidthM = 10.5,
            LengthM = 50,
            Lanes = 3,
            CountingLine = new LineOptions(new(0.25 * w, 0.7 * h), new(0.75 * w, 0.7 * h)),
        };
    }

    private static (double Width, double Height) SizeOf(string video)
    {
        using Process probe = Process.Start(new ProcessStartInfo(
            "ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", video])
        {
            RedirectStandardOutput = true,
        })!;
        string[] words = probe.StandardOutput.ReadToEnd().Trim().Split(',');
        probe.WaitForExit();
        return words.Length >= 2 && double.TryParse(words[0], out double width) && double.TryParse(words[1], out double height)
            ? (width, height) : throw new MeasureException($"{video}: ffprobe finds no video in it.");
    }

    private static PixelPoint Point(Vector2 at) => new(at.X, at.Y);
}
