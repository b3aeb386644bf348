using System.CommandLine;
using Sensing.Modules;

namespace Sensing.TrafficCamera.Commands;

/// <summary><c>edge-node camera calibrate RECORDING --config FILE --out PICTURE</c>: a set-up drawn over a frame, and checked.</summary>
internal static class CameraCalibrateCommand
{
    public static Command Create(ModuleCatalogue modules, TimeProvider time)
    {
        var recording = new Argument<string>("RECORDING") { Description = "Video or folder of pictures. With --source of a camera: -." };
        var config = new Option<string?>("--config") { Description = "JSON file with the camera's options, as under 'traffic' in node.json.", HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "Draw the set-up into this file, .png or .jpg.", HelpName = "FILE", Required = true };
        var source = new Option<string?>("--source") { Description = "Type of the source, for example rtsp. Default: by the recording's ending.", HelpName = "TYPE" };
        var set = new Option<string[]>("--set") { Description = "Override a value: --set traffic.NAME=VALUE or --set source.NAME=VALUE.", HelpName = "path=value", DefaultValueFactory = _ => [] };
        var at = new Option<double>("--at") { Description = "Time of the frame after the first, s.", HelpName = "S", DefaultValueFactory = _ => 0 };
        at.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not >= 0)
            {
                result.AddError("--at must be 0 or more.");
            }
        });
        var command = new Command("calibrate", """
            Draw grid, lanes and lines of a set-up over a frame, so that you see whether it fits, and check it. A set-up that cannot work is
            refused with every mistake and its remedy; the picture is drawn all the same where that is possible.
            """)
        {
            recording, config, output, source, set, at,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new CameraCalibrateRequest
            {
                Recording = new RecordingRequest
                {
                    Recording = parsed.GetRequiredValue(recording),
                    Pipeline = TrafficModule.Key,
                    Source = parsed.GetValue(source),
                    ConfigFile = parsed.GetValue(config),
                    Sets = parsed.GetValue(set) ?? [],
                },
                OutFile = parsed.GetRequiredValue(output),
                AtSeconds = parsed.GetValue(at),
            };
            return await new CameraCalibration(modules, time).RunAsync(
                request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }
}
