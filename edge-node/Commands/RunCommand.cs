using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Telemetry;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node run FILE</c>: the daemon.</summary>
internal static class RunCommand
{
    public static Command Create(StreamCatalogue catalogue, TimeProvider time)
    {
        var file = new NodeFile();
        var untilFinished = new Option<bool>("--until-finished")
        {
            Description = "Stop once every stream has read its recording to the end and the broker has acknowledged every event.",
        };
        var command = new Command("run", """
            Run a node until it is stopped (Ctrl-C, SIGTERM). Starts and keeps events with the broker gone. A changed FILE is read
            again while running: only the streams that changed restart, and a file with mistakes is refused.
            """);
        file.AddTo(command);
        command.Add(untilFinished);
        var log = new LogOptions();
        log.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            if (file.Load(parsed, catalogue, parsed.InvocationConfiguration.Error) is not { } options)
            {
                return ExitCode.Configuration;
            }

            using ILoggerFactory logs = log.Create(parsed);
            try
            {
                await RunAsync(options, parsed.GetValue(untilFinished), parsed, file, catalogue, time, logs, stop);
                return ExitCode.Done;
            }
            catch (Exception error) when (error is OutboxException or NodeException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(error.Message);
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static async Task RunAsync(
        NodeOptions options, bool untilFinished, ParseResult parsed, NodeFile file, StreamCatalogue catalogue, TimeProvider time, ILoggerFactory logs, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using NodeTelemetry? telemetry = NodeTelemetry.Start(options, logs);
        using var host = new EdgeNodeHost(options, file.Folder(parsed), catalogue, time, logs);
        var watcher = new ConfigurationWatcher(
            file.Path(parsed), () => file.Load(parsed, catalogue), host, time, logs.CreateLogger<ConfigurationWatcher>());
        Task watching = watcher.RunAsync(end.Token);
        Task notifying = new ServiceNotice(host, time).RunAsync(end.Token);
        Task releasing = StartupMemory.ReleaseAsync(host.Started, time, StartupMemory.Collect, end.Token);
        try
        {
            await (untilFinished ? host.RunUntilDeliveredAsync(stop) : host.RunAsync(stop));
        }
        finally
        {
            await end.CancelAsync();
            await watching;
            await notifying;
            await releasing;
        }
    }
}
