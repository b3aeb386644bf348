using System.CommandLine;
using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node replay RECORDING --pipeline NAME</c>: a recording through a pipeline at a desk, events to standard output.</summary>
internal static class ReplayCommand
{
    public static Command Create(ModuleCatalogue modules, TimeProvider time)
    {
        var recording = new Argument<string>("RECORDING") { Description = "File, folder, or a pattern with * and ?. With a source that reads no file: -." };
        var pipeline = new Option<string>("--pipeline") { Description = $"Name of the pipeline: {string.Join(", ", modules.Modules.Select(module => module.Name))}.", HelpName = "NAME", Required = true };
        var source = new Option<string?>("--source") { Description = "Type of the source that reads RECORDING. Default: by its ending.", HelpName = "TYPE" };
        var speed = new Option<string>("--speed") { Description = "max, realtime, or a multiple of real time such as 10.", HelpName = "SPEED", DefaultValueFactory = _ => "max" };
        var config = new Option<string?>("--config") { Description = "JSON file with the pipeline's options, as under its key in node.json.", HelpName = "FILE" };
        var set = new Option<string[]>("--set") { Description = "Override a value: --set PIPELINE.NAME=VALUE or --set source.NAME=VALUE.", HelpName = "path=value", DefaultValueFactory = _ => [] };
        var plot = new Option<string?>("--plot") { Description = $"Draw a figure into this file, .png or .svg. {Figures(modules)}", HelpName = "FILE" };
        var video = new Option<string?>("--video") { Description = $"Write a video of the replay into this file, .mp4. {Videos(modules)}", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Write the events to this file instead of standard output.", HelpName = "FILE" };
        var address = new Option<string>("--address") { Description = "site/node/stream of the events; part of their ids.", HelpName = "a/b/c", DefaultValueFactory = _ => "local/desk/replay" };
        var models = new Option<string?>("--models") { Description = "Folder of the models that the pipeline runs.", HelpName = "FOLDER" };
        var effects = new Option<string?>("--effects") { Description = "Take the results of long work (DNN runs, cloud calls) from this recording instead of running it: repeats a recorded run exactly.", HelpName = "FILE" };
        var record = new Option<string?>("--record-effects") { Description = "Record the results of long work into this file, for --effects.", HelpName = "FILE" };
        var command = new Command("replay", "Run a recording through a pipeline and print the events as CloudEvents, one JSON object a line. Progress goes to standard error.")
        {
            recording, pipeline, source, speed, config, set, plot, video, output, address, models, effects, record,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ReplayRequest
            {
                Recording = new RecordingRequest
                {
                    Recording = parsed.GetRequiredValue(recording),
                    Pipeline = parsed.GetRequiredValue(pipeline),
                    Source = parsed.GetValue(source),
                    ConfigFile = parsed.GetValue(config),
                    Sets = parsed.GetValue(set) ?? [],
                },
                Speed = parsed.GetValue(speed)!,
                PlotFile = parsed.GetValue(plot),
                VideoFile = parsed.GetValue(video),
                OutFile = parsed.GetValue(output),
                Address = parsed.GetValue(address)!,
                ModelFolder = parsed.GetValue(models),
                EffectFile = parsed.GetValue(effects),
                RecordEffectFile = parsed.GetValue(record),
            };
            return await new Replay(modules, time).RunAsync(
                request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }

    private static string Videos(ModuleCatalogue modules) => string.Concat(modules.Modules
        .Where(module => module.VideoSummary is not null).Select(module => $"{module.Name}: {module.VideoSummary}. ")).TrimEnd();

    private static string Figures(ModuleCatalogue modules) => string.Concat(modules.Modules
        .Where(module => module.FigureSummary is not null).Select(module => $"{module.Name}: {module.FigureSummary}. ")).TrimEnd();
}
