using System.CommandLine;
using Sensing.Modules;

namespace Sensing.Das.Commands;

/// <summary><c>edge-node das calibrate RECORDING --out FILE</c>: a fibre site's classes and delays from its own vehicles.</summary>
internal static class CalibrateCommand
{
    public static Command Create(ModuleCatalogue modules, TimeProvider time)
    {
        var recording = new Argument<string>("RECORDING") { Description = "File, folder, or a pattern with * and ?, of a fibre. With --source of another kind: -." };
        var output = new Option<string>("--out") { Description = "Write the calibration to this file, for use as das.calibrationFile.", HelpName = "FILE", Required = true };
        var source = new Option<string?>("--source") { Description = "Type of the source that reads RECORDING. Default: by its extension.", HelpName = "TYPE" };
        var config = new Option<string?>("--config") { Description = "JSON file with the fibre pipeline's options, as under 'das' in node.json.", HelpName = "FILE" };
        var set = new Option<string[]>("--set") { Description = "Override a value: --set das.NAME=VALUE or --set source.NAME=VALUE.", HelpName = "path=value", DefaultValueFactory = _ => [] };
        var labels = new Option<string?>("--labels")
        {
            Description = "CSV of vehicles whose class is known, with the columns class (small, large, rail) and time (UTC, when it is alongside das.referenceM) or id (of its event; needs --events), "
                + "and, if known, direction (increasing, decreasing). Without labels: the site's own mixture.",
            HelpName = "FILE",
        };
        var events = new Option<string?>("--events") { Description = "File with the events to which the labels' ids refer, one CloudEvent per line, as written by replay --out.", HelpName = "FILE" };
        var within = new Option<double>("--label-seconds") { Description = "How far a label may lie from its vehicle, s.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double?>("--seconds") { Description = "Stop after this much data, s; for a source without an end. Default: to the recording's end.", HelpName = "S" };
        var plot = new Option<string?>("--plot") { Description = "Draw the vehicles by amplitude and vibration, with the line that separates the classes, into this file, .png or .svg.", HelpName = "FILE" };
        within.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<double>()));
        seconds.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<double?>()));
        var command = new Command("calibrate", """
            Find out how a fibre site's small and large vehicles differ, from its own vehicles or from labelled ones, and how much later than
            a straight line each position sees them. Prints what it found and writes it to a file. Progress goes to standard error.
            """)
        {
            recording, output, source, config, set, labels, events, within, seconds, plot,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new CalibrateRequest
            {
                Recording = new RecordingRequest
                {
                    Recording = parsed.GetRequiredValue(recording),
                    Pipeline = DasModule.Key,
                    Source = parsed.GetValue(source),
                    ConfigFile = parsed.GetValue(config),
                    Sets = parsed.GetValue(set) ?? [],
                },
                OutFile = parsed.GetRequiredValue(output),
                LabelFile = parsed.GetValue(labels),
                EventFile = parsed.GetValue(events),
                LabelSeconds = parsed.GetValue(within),
                Seconds = parsed.GetValue(seconds),
                PlotFile = parsed.GetValue(plot),
            };
            return await new Calibration(modules, time).RunAsync(
                request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, double? value)
    {
        if (value is not null and not > 0)
        {
            result.AddError($"{result.Option.Name} must be above 0.");
        }
    }
}
