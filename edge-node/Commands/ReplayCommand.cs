using System.CommandLine;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node replay RECORDING --pipeline das</c>: a recording through a pipeline at a desk, events to standard output.</summary>
internal static class ReplayCommand
{
    public static Command Create(StreamCatalogue catalogue)
    {
        var recording = new Argument<string>("RECORDING") { Description = "File, folder, or a pattern with * and ?." };
        var pipeline = new Option<string>("--pipeline") { Description = "Name of the pipeline.", HelpName = "NAME", Required = true };
        var source = new Option<string?>("--source") { Description = "Type of the source that reads RECORDING. Default: by its extension.", HelpName = "TYPE" };
        var speed = new Option<string>("--speed") { Description = "max, realtime, or a multiple of real time such as 10.", HelpName = "SPEED", DefaultValueFactory = _ => "max" };
        var config = new Option<string?>("--config") { Description = "JSON file with the pipeline's options, as under its key in node.json.", HelpName = "FILE" };
        var set = new Option<string[]>("--set") { Description = "Override a value: --set das.NAME=VALUE or --set source.NAME=VALUE.", HelpName = "path=value", DefaultValueFactory = _ => [] };
        var plot = new Option<string?>("--plot") { Description = "Draw the waterfall with the vehicles' tracks into this file, .png or .svg.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Write the events to this file instead of standard output.", HelpName = "FILE" };
        var address = new Option<string>("--address") { Description = "site/node/stream of the events; part of their ids.", HelpName = "a/b/c", DefaultValueFactory = _ => "local/desk/replay" };
        var command = new Command("replay", "Run a recording through a pipeline and print the events as CloudEvents, one JSON object per line. Progress goes to standard error.")
        {
            recording, pipeline, source, speed, config, set, plot, output, address,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ReplayRequest(
                parsed.GetRequiredValue(recording), parsed.GetRequiredValue(pipeline), parsed.GetValue(source), parsed.GetValue(speed)!,
                parsed.GetValue(config), parsed.GetValue(set) ?? [], parsed.GetValue(plot), parsed.GetValue(output), parsed.GetValue(address)!);
            return await new Replay(catalogue, TimeProvider.System).RunAsync(
                request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }
}
