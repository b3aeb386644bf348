using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Streams;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Models;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>Runs a recording through a pipeline, without outbox or broker.</summary>
internal sealed class Replay(ModuleCatalogue modules, TimeProvider time)
{
    public async Task<int> RunAsync(ReplayRequest request, TextWriter output, TextWriter progress, CancellationToken cancellation)
    {
        ConfigurationProblem[] mistakes = [.. Check(request, out StreamAddress? address, out StreamOptions? options)];
        if (mistakes.Length > 0)
        {
            foreach (ConfigurationProblem mistake in mistakes)
            {
                progress.WriteLine(mistake);
            }

            return ExitCode.Configuration;
        }

        IPipelineModule module = modules.Find(request.Recording.Pipeline)!;
        IReplayFigure? figure = request.PlotFile is null ? null : module.CreateFigure();
        try
        {
            var context = new StreamContext(address!, time, Directory.GetCurrentDirectory())
            {
                Models = NodeModels.Of(new ModelOptions { Directory = request.ModelFolder }, Directory.GetCurrentDirectory()),
            };
            await using TextWriter? file = request.OutFile is { } path ? new StreamWriter(path) : null;
            var pace = new StreamPace(StreamPace.Speed(request.Speed), TimeSpan.FromSeconds(options!.MaxGapSeconds), time);
            await using IReplayVideo? video = request.VideoFile is { } shown ? module.CreateVideo(shown) : null;
            var run = new ReplayRun(request, options.Effects.Limits, file ?? output, progress, time, pace, figure, video, cancellation);
            await modules.Streams.Visit(options.Source!, options.Pipeline!, context, run);
            run.Report(done: true);
            bool isUsable = run.Summarise();
            if (video is not null)
            {
                await video.FinishAsync();
                progress.WriteLine($"Wrote {request.VideoFile}.");
            }

            if (figure is not null)
            {
                figure.Save(request.PlotFile!, Path.GetFileName(request.Recording.Recording));
                progress.WriteLine($"Drew {request.PlotFile}.");
            }

            return isUsable ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception error) when (error is SourceException or FigureException or ModelException or EffectRecordingException or IOException or UnauthorizedAccessException)
        {
            progress.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            progress.WriteLine("Stopped.");
            return ExitCode.Failed;
        }
    }

    /// <summary>Every mistake in the request, before anything is read.</summary>
    private List<ConfigurationProblem> Check(ReplayRequest request, out StreamAddress? address, out StreamOptions? options)
    {
        var mistakes = new List<ConfigurationProblem>();
        string[] names = request.Address.Split('/');
        address = names.Length == 3 && names.All(StreamAddress.IsName) ? new StreamAddress(names[0], names[1], names[2]) : null;
        if (address is null)
        {
            mistakes.Add(new ConfigurationProblem($"--address {request.Address}", "must be site/node/stream, each of a-z, 0-9 and '-'"));
        }

        ConfigurationResult<StreamOptions> bound = RecordingStream.Bind<StreamOptions>(modules, request.Recording, names[^1]);
        options = bound.Value;
        mistakes.AddRange(bound.Problems);
        if (options is not null)
        {
            mistakes.AddRange(NodeConfiguration.CheckFiles(options, "", Directory.GetCurrentDirectory()));
        }

        try
        {
            StreamPace.Speed(request.Speed);
        }
        catch (FormatException error)
        {
            mistakes.Add(new ConfigurationProblem("--speed", error.Message));
        }

        if (request.PlotFile is { } plot && modules.Find(request.Recording.Pipeline) is { } module)
        {
            if (module.CreateFigure() is null)
            {
                mistakes.Add(new ConfigurationProblem("--plot", $"the pipeline '{module.Name}' draws no figure: leave the option out"));
            }
            else if (Path.GetExtension(plot).ToLowerInvariant() is not (".png" or ".svg"))
            {
                mistakes.Add(new ConfigurationProblem("--plot", $"{plot} must end in .png or .svg"));
            }
        }

        if (request.VideoFile is { } video && modules.Find(request.Recording.Pipeline) is { } shown)
        {
            if (shown.VideoSummary is null)
            {
                mistakes.Add(new ConfigurationProblem("--video", $"the pipeline '{shown.Name}' has no video: leave the option out"));
            }
            else if (!video.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
            {
                mistakes.Add(new ConfigurationProblem("--video", $"{video} must end in .mp4"));
            }
        }

        foreach ((string option, string? path) in new[]
        {
            ("--plot", request.PlotFile), ("--video", request.VideoFile), ("--out", request.OutFile), ("--record-effects", request.RecordEffectFile),
        })
        {
            if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                mistakes.Add(new ConfigurationProblem(option, $"{path} cannot be written: its folder does not exist. Create it"));
            }
        }

        if (request.EffectFile is { } effects)
        {
            if (!File.Exists(effects))
            {
                mistakes.Add(new ConfigurationProblem("--effects", $"{effects} does not exist: check the path"));
            }

            if (request.RecordEffectFile is not null)
            {
                mistakes.Add(new ConfigurationProblem("--record-effects", "cannot be combined with --effects: there is nothing new to record"));
            }
        }

        return mistakes;
    }
}
