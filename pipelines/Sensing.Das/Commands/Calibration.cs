using Sensing.Configuration;
using Sensing.Das.Classify;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Plots;
using Sensing.Streams;

namespace Sensing.Das.Commands;

/// <summary>Runs a recording through the fibre chain and makes the site's calibration of what passed.</summary>
internal sealed class Calibration(ModuleCatalogue modules, TimeProvider time)
{
    public async Task<int> RunAsync(CalibrateRequest request, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        ConfigurationResult<RecordedStreamOptions> bound = RecordingStream.Bind<RecordedStreamOptions>(modules, request.Recording);
        LabelFile? labels = request.LabelFile is { } file ? LabelFile.Read(file, request.EventFile) : null;
        string[] mistakes = [.. bound.Problems.Select(p => p.ToString()), .. Paths(request), .. labels?.Mistakes ?? []];
        if (mistakes.Length > 0 || bound.Value is not { } options)
        {
            foreach (string mistake in mistakes)
            {
                progress.WriteLine(mistake);
            }

            return ExitCode.Configuration;
        }

        var das = (DasOptions)options.Pipeline!.Options;
        var context = new StreamContext(new StreamAddress("local", "desk", "calibrate"), time, Directory.GetCurrentDirectory());
        try
        {
            var run = new SurveyRun(das, request.Seconds, time, progress, cancellation);
            using SiteSurvey survey = await modules.Streams.Visit(options.Source!, options.Pipeline!, context, run);
            IReadOnlyList<LabelledVehicle>? labelled = labels is null ? null : LabelMatching.Match(survey.Vehicles, labels.Labels, request.LabelSeconds);
            ClassModel model = labelled is null ? ClassCalibration.FromSite(survey.Vehicles) : ClassCalibration.FromLabels(labelled);
            new CalibrationTable(survey.Vehicles, labelled, labels?.Labels.Count ?? 0, model, das.Classes).Write(output);
            if (request.PlotFile is { } plot)
            {
                CalibrationPicture.Of(Path.GetFileName(request.Recording.Recording), survey.Vehicles, labelled, model, das.Classes).Save(plot);
                output.WriteLine($"Drew {plot}.");
            }

            Write(request.OutFile, survey.Calibrate(model).ToJson());
            output.WriteLine($"Wrote {request.OutFile}. To use it: \"das\": {{ \"calibrationFile\": \"{request.OutFile}\" }}");
            return ExitCode.Done;
        }
        catch (Exception error) when (error is SourceException or CalibrationException or PlotException or IOException or UnauthorizedAccessException)
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

    /// <summary>What would only fail after the whole recording has been read.</summary>
    private static IEnumerable<string> Paths(CalibrateRequest request)
    {
        foreach ((string option, string? path) in new[] { ("--out", request.OutFile), ("--plot", request.PlotFile) })
        {
            if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                yield return $"{option}: {path} cannot be written: its folder is not there";
            }
        }

        if (request.PlotFile is { } plot && Path.GetExtension(plot).ToLowerInvariant() is not (".png" or ".svg"))
        {
            yield return $"--plot: {plot} must end in .png or .svg";
        }

        if (request.EventFile is not null && request.LabelFile is null)
        {
            yield return "--events: only goes with --labels";
        }
    }

    /// <summary>All of the file or none: a node may read it at any time.</summary>
    private static void Write(string path, string text)
    {
        string unfinished = path + ".tmp";
        File.WriteAllText(unfinished, text + "\n");
        File.Move(unfinished, path, overwrite: true);
    }
}
