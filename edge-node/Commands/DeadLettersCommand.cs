using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node dead-letters FILE</c>: what the broker refused for good, and sending it once more.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(StreamCatalogue catalogue)
    {
        var file = new NodeFile();
        var again = new Option<bool>("--send-again") { Description = "Put them back into the outbox, e.g. after the broker's access rules were corrected. The node must be stopped." };
        var command = new Command("dead-letters", "Print the events that the broker refused permanently, one CloudEvent per line, preceded by the reason.");
        file.AddTo(command);
        command.Add(again);
        var log = new LogOptions();
        log.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            if (file.Load(parsed, catalogue, errors) is not { } options)
            {
                return ExitCode.Configuration;
            }

            string folder = Path.GetFullPath(options.DataDirectory, file.Folder(parsed));
            try
            {
                await RunAsync(options, folder, log.Create(parsed), parsed.GetValue(again), parsed.InvocationConfiguration.Output, cancellation);
                return ExitCode.Done;
            }
            catch (Exception error) when (error is OutboxException or NodeException)
            {
                errors.WriteLine(error.Message);
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static async Task RunAsync(NodeOptions options, string folder, ILoggerFactory log, bool again, TextWriter output, CancellationToken cancellation)
    {
        using NodeLock held = NodeLock.Take(folder);
        using ILoggerFactory logs = log;
        await using EventOutbox outbox = EventOutbox.Open(Path.Combine(folder, "outbox.db"), options.Outbox, TimeProvider.System, logs.CreateLogger<EventOutbox>());
        foreach ((OutboxEntry entry, string reason) in outbox.DeadLetters(int.MaxValue))
        {
            await output.WriteLineAsync($"# {reason}");
            await output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(entry.Event)));
        }

        if (again)
        {
            long events = await outbox.ReviveDeadLettersAsync(cancellation);
            await output.WriteLineAsync($"# {events} events were put back into the outbox");
        }
    }
}
