using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Outbox;
using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node outbox check|salvage PATH</c>: verifies an outbox, and saves what can be read of a damaged
/// one.</summary>
internal static class OutboxCommand
{
    private const string FileName = "outbox.db";

    public static Command Create(TimeProvider time)
    {
        var command = new Command("outbox",
            "Verify the outbox of a stopped node, or save what can be read of a damaged one.");
        command.Add(Check());
        command.Add(Salvage(time));
        return command;
    }

    private static Command Check()
    {
        Argument<string> path = Place();
        var command = new Command("check", $"""
            Verify an outbox without changing it: write-ahead log, structure, checksum of every row, last commits.
            Exits with 0 if it is sound, {ExitCode.Failed} if it is damaged, {ExitCode.NoInput} if it cannot be
            examined: no outbox there, in use, or of a newer version.
            """) { path };
        command.SetAction(parsed => Guard(parsed, path, (file, output, errors) =>
        {
            OutboxExamination examination = OutboxExamination.Of(file);
            output.WriteLine(File.Exists(file) ? $"{file}: {new FileInfo(file).Length / 1e6:F1} MB" : file);
            foreach ((string part, string text) in examination.Lines)
            {
                output.WriteLine($"  {part,-18}{text}");
            }

            if (examination.Problems.Count == 0)
            {
                output.WriteLine("Sound.");
                return ExitCode.Done;
            }

            errors.WriteLine($"{file} is damaged: {string.Join("; ", examination.Problems)}.");
            errors.WriteLine("The node's next start saves what can be read and sets the damaged files aside; "
                + "so does `edge-node outbox salvage`.");
            return ExitCode.Failed;
        }));
        return command;
    }

    private static Command Salvage(TimeProvider time)
    {
        Argument<string> path = Place();
        var command = new Command("salvage", $"""
            Do what the node's next start would do with a damaged outbox: set the files aside, save every row that can
            be read into a new outbox, and report it. Changes nothing if the outbox is sound. Exits with 0 if nothing
            is missing, {ExitCode.Failed} if events may be lost or it fails, {ExitCode.NoInput} if it cannot be
            examined: no outbox there, in use, or of a newer version.
            """) { path };
        command.SetAction(async (parsed, cancellation) => await Guard(parsed, path, async (file, output, errors) =>
        {
            if (OutboxExamination.Of(file).Problems.Count == 0)
            {
                output.WriteLine($"{file} is sound: nothing to salvage.");
                return ExitCode.Done;
            }

            using ILoggerFactory silent = LoggerFactory.Create(_ => { });
            await using EventOutbox outbox = EventOutbox.Open(file, new OutboxOptions(), time,
                silent.CreateLogger<EventOutbox>());
            if (outbox.Recovery is not { } recovery)
            {
                output.WriteLine($"{file} is sound now.");
                return ExitCode.Done;
            }

            (recovery.EventsComplete ? output : errors).WriteLine(Sentence(recovery.ToString()));
            output.WriteLine("The node reports this as an event when it starts.");
            return recovery.EventsComplete ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static Argument<string> Place() =>
        new("PATH")
        {
            Description = $"The node's data folder (`dataDirectory`), its {FileName}, or a file that was set aside.",
        };

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    private static int Guard(
        ParseResult parsed, Argument<string> path, Func<string, TextWriter, TextWriter, int> run) =>
        Guard(parsed, path, (file, output, errors) => Task.FromResult(run(file, output, errors)))
            .GetAwaiter().GetResult();

    private static async Task<int> Guard(
        ParseResult parsed, Argument<string> path, Func<string, TextWriter, TextWriter, Task<int>> run)
    {
        TextWriter errors = parsed.InvocationConfiguration.Error;
        string file = parsed.GetRequiredValue(path);
        file = Directory.Exists(file) ? Path.Combine(file, FileName) : file;
        try
        {
            using NodeLock? held = Lock(file);
            return await run(file, parsed.InvocationConfiguration.Output, errors);
        }
        catch (Exception error) when (error is OutboxException or NodeException)
        {
            errors.WriteLine(error.Message);
            return ExitCode.NoInput;
        }
    }

    /// <summary>Keeps a node off its outbox meanwhile. A file elsewhere, or one that was set aside, belongs to no
    /// node.</summary>
    private static NodeLock? Lock(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return Path.GetFileName(file) == FileName && File.Exists(Path.Combine(folder, NodeLock.FileName))
            ? NodeLock.Take(folder) : null;
    }
}
