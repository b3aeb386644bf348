using System.Globalization;
using Sensing.Configuration;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.TrafficCamera.Figures;
using Sensing.TrafficCamera.Setup;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Commands;

/// <summary>Checks the set-ups of a camera against one of its frames, and draws them over it.</summary>
internal sealed class CameraCalibration(ModuleCatalogue modules, TimeProvider time)
{
    private const double GridM = 5;
    private const double CarWidthM = 1.8;

    public async Task<int> RunAsync(CameraCalibrateRequest request, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        ConfigurationResult<RecordedStreamOptions> bound = RecordingStream.Bind<RecordedStreamOptions>(modules, request.Recording);
        string[] mistakes = [.. bound.Problems.Select(problem => problem.ToString()), .. Paths(request)];
        if (mistakes.Length > 0 || bound.Value is not { } options)
        {
            return Refuse(mistakes, progress);
        }

        var traffic = (TrafficOptions)options.Pipeline!.Options;
        var context = new StreamContext(new StreamAddress("local", "desk", "calibrate"), time, Directory.GetCurrentDirectory());
        try
        {
            using Frame? frame = await modules.Streams.Visit(
                options.Source!, options.Pipeline!, context, new FrameAt(request.AtSeconds, cancellation));
            if (frame is null)
            {
                return Refuse([$"{request.Recording.Recording} holds no frame: check the recording."], progress);
            }

            var refused = new List<string>();
            using var canvas = new FrameCanvas(frame, Math.Max(1, 1280.0 / frame.Width));
            var seen = new List<ApproachOptions>();
            foreach ((ApproachOptions approach, int number) in traffic.Approaches.Select((approach, number) => (approach, number)))
            {
                IReadOnlyList<ConfigurationProblem> problems = ApproachCheck.Of(approach, frame.CameraWidth, frame.CameraHeight, frame.Width);
                refused.AddRange(problems.Select(problem => (problem with { Path = $"traffic.approaches[{number}].{problem.Path}" }).ToString()));
                if (!problems.Any(problem => problem.Path.StartsWith("polygon", StringComparison.Ordinal)))
                {
                    seen.Add(approach);
                }
            }

            // Placed as the pipeline places them.
            foreach (Carriageway road in Carriageway.All(
                seen, frame.CameraWidth, frame.CameraHeight, frame.Width, frame.Height))
            {
                new SceneDrawing(canvas, road, frame).Setup(GridM);
                output.WriteLine(Describe(road, frame.CameraWidth / (double)frame.Width));
            }

            canvas.Save(request.OutFile);
            output.WriteLine($"Drew {request.OutFile}: the grid has {GridM:0} m steps. It fits where lanes follow the markings and a car is one lane wide at most.");
            return refused.Count == 0 ? ExitCode.Done : Refuse([.. refused], progress);
        }
        catch (Exception error) when (error is SourceException or IOException or UnauthorizedAccessException)
        {
            progress.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            progress.WriteLine("Stopped; nothing was written.");
            return ExitCode.Failed;
        }
    }

    private static int Refuse(IReadOnlyList<string> mistakes, TextWriter progress)
    {
        foreach (string mistake in mistakes)
        {
            progress.WriteLine(mistake);
        }

        return ExitCode.Configuration;
    }

    private static IEnumerable<string> Paths(CameraCalibrateRequest request)
    {
        if (Path.GetExtension(request.OutFile).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg"))
        {
            yield return $"--out: {request.OutFile} must end in .png or .jpg";
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(request.OutFile))))
        {
            yield return $"--out: {request.OutFile} cannot be written: its folder does not exist";
        }
    }

    private static string Describe(Carriageway road, double scale)
    {
        ApproachOptions options = road.Options;
        double middle = options.WidthM / 2, along = road.CountingLine.AlongAt(middle);
        (double ax, double ay) = road.ToImage.Map(middle - (CarWidthM / 2), along);
        (double bx, double by) = road.ToImage.Map(middle + (CarWidthM / 2), along);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Name}: camera about {Math.Abs(road.Pose.HeightM):0.0} m above the road, lanes {road.LaneWidthM:0.00} m wide, "
            + $"counting line {along:0.0} m from the near end, where a car is {scale * Math.Sqrt(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by))):0} pixels wide");
    }
}
