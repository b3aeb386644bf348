using System.CommandLine;
using Sensing.Modules;
using Sensing.Standalone.Hosting;

namespace Sensing.Standalone.Commands;

/// <summary>The one command of <c>standalone</c>.</summary>
internal static class StandaloneCommand
{
    public static RootCommand Create(ModuleCatalogue modules)
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Address of the live page and the query API. Port 0 selects a free one.",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var data = new Option<string>("--data")
        {
            Description = "Folder of outbox and store; a second start resumes where the first stopped.",
            DefaultValueFactory = _ => Path.Combine("data", "standalone"),
        };
        var mqttPort = new Option<int>("--mqtt-port")
        {
            Description = "Port of the MQTT broker on 127.0.0.1. 0 selects 1883 if it is free, otherwise any free port.",
            DefaultValueFactory = _ => 0,
        };
        var recording = new Option<string?>("--recording")
        {
            Description = $"Replay this file, folder or pattern instead of the demo streams. {Recordings(modules)}",
            HelpName = "RECORDING",
        };
        var pipeline = new Option<string?>("--pipeline")
        {
            Description = $"Pipeline that the recording feeds: {string.Join(", ", modules.Modules.Select(module => module.Name))}. Default: the one that reads such recordings.",
            HelpName = "NAME",
        };
        var config = new Option<string?>("--config")
        {
            Description = "Run this node.json instead of the demo streams; its broker becomes the one in this process.",
            HelpName = "FILE",
        };
        var places = new Option<string?>("--places")
        {
            Description = "File with the locations of nodes on the map (dashboard.json). Without it only the demo streams have one.",
            HelpName = "FILE",
        };
        var client = new Option<DirectoryInfo?>("--client")
        {
            Description = "Folder of a client built with more pages (docs/dashboard.md). Without it the program's own pages are served.",
            HelpName = "FOLDER",
        };
        var speed = new Option<string>("--speed")
        {
            Description = "How fast the recording is replayed: max, realtime, or a multiple of real time such as 10.",
            DefaultValueFactory = _ => "realtime",
        };
        var sets = new Option<string[]>("--set")
        {
            Description = "Override a value of the node's configuration, e.g. --set streams[0].pace=10x. Can be repeated.",
            HelpName = "PATH=VALUE",
        };
        var untilFinished = new Option<bool>("--until-finished")
        {
            Description = "Stop once the recording has been read and every event is stored.",
        };
        var command = new RootCommand($"""
            Sensing in one process: edge node, MQTT broker, store, query API and dashboard, on this machine only.
            Without options it runs the demo streams: {Demos(modules)}.
            """)
        {
            listen, recording, pipeline, speed, config, places, client, sets, data, mqttPort, untilFinished,
        };
        command.SetAction((parsed, stop) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            TextWriter errors = parsed.InvocationConfiguration.Error;
            if (!Uri.TryCreate(parsed.GetValue(listen), UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp)
            {
                errors.WriteLine($"--listen {parsed.GetValue(listen)}: must look like http://127.0.0.1:8080");
                return Task.FromResult(ExitCode.Configuration);
            }

            if (parsed.GetValue(mqttPort) is < 0 or > 65535)
            {
                errors.WriteLine($"--mqtt-port {parsed.GetValue(mqttPort)}: must be 0 to 65535");
                return Task.FromResult(ExitCode.Configuration);
            }

            if (parsed.GetValue(pipeline) is not null && parsed.GetValue(recording) is null)
            {
                errors.WriteLine("--pipeline: only goes with --recording.");
                return Task.FromResult(ExitCode.Configuration);
            }

            if (parsed.GetValue(recording) is not null && parsed.GetValue(config) is not null)
            {
                errors.WriteLine("--recording and --config exclude each other: name the recording in the node.json.");
                return Task.FromResult(ExitCode.Configuration);
            }

            return StandaloneRun.RunAsync(
                modules,
                new StandaloneSettings
                {
                    Listen = address,
                    DataDirectory = Path.GetFullPath(parsed.GetValue(data)!),
                    MqttPort = parsed.GetValue(mqttPort),
                    Recording = parsed.GetValue(recording) is { } file ? Path.GetFullPath(file) : null,
                    Pipeline = parsed.GetValue(pipeline),
                    NodeFile = parsed.GetValue(config) is { } node ? Path.GetFullPath(node) : null,
                    PlacesFile = parsed.GetValue(places) is { } map ? Path.GetFullPath(map) : null,
                    Client = parsed.GetValue(client),
                    Speed = parsed.GetValue(speed)!,
                    Sets = parsed.GetValue(sets) ?? [],
                    UntilFinished = parsed.GetValue(untilFinished),
                },
                output,
                errors,
                stop);
        });
        return command;
    }

    private static string Demos(ModuleCatalogue modules) =>
        string.Join("; ", modules.Modules.SelectMany(module => module.Demos).Select(demo => demo.Summary).Where(summary => summary.Length > 0));

    private static string Recordings(ModuleCatalogue modules) => string.Concat(modules.Modules
        .Where(module => module.Recordings.Count > 0)
        .Select(module => $"{module.Name}: {string.Join(", ", module.Recordings.Select(kind => $"{kind.Summary} ({string.Join(", ", kind.Endings)})"))}. ")).TrimEnd();
}
