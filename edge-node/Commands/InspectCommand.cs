using System.CommandLine;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node inspect RECORDING</c>: what a recording says about itself, and whether it can be
/// read.</summary>
internal static class InspectCommand
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static Command Create(ModuleCatalogue modules, TimeProvider time)
    {
        var recording = new Argument<string>("RECORDING") { Description = "File, folder, or a pattern with * and ?." };
        var pipeline = new Option<string?>("--pipeline")
        {
            Description = "Pipeline that would read it. Default: the first that reads such recordings.",
            HelpName = "NAME",
        };
        var source = new Option<string?>("--source")
        {
            Description = "Type of the source that reads it. Default: by its ending.",
            HelpName = "TYPE",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "Override a value of the source: --set source.NAME=VALUE.",
            HelpName = "path=value",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("inspect", """
            Print what a recording says about itself (format, size, rate, unit, time) and read its first sample. Exits
            with 1 if it cannot be read.
            """)
        {
            recording, pipeline, source, set,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string file = parsed.GetRequiredValue(recording);
            var request = new RecordingRequest
            {
                Recording = file,
                Pipeline = parsed.GetValue(pipeline)
                    ?? (RecordingSource.ReadersOf(modules, file) is [var first, ..] ? first : modules.Modules[0]).Name,
                Source = parsed.GetValue(source),
                Sets = parsed.GetValue(set) ?? [],
            };
            return await RunAsync(
                modules, time, request, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error,
                    cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ModuleCatalogue modules, TimeProvider time, RecordingRequest request, TextWriter output, TextWriter errors,
            CancellationToken cancellation)
    {
        ConfigurationResult<StreamOptions> bound = RecordingStream.Bind<StreamOptions>(modules, request, "inspect");
        foreach (ConfigurationProblem problem in bound.Problems)
        {
            errors.WriteLine(problem);
        }

        if (bound.Value is not { } options)
        {
            return ExitCode.Configuration;
        }

        var context = new StreamContext(new StreamAddress("local", "desk", "inspect"), time,
            Directory.GetCurrentDirectory());
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            output.WriteLine(request.Recording);
            if (modules.Find(request.Pipeline)!.Inspect(options.Source!, context) is { } facts)
            {
                foreach ((string name, string text) in facts.Lines)
                {
                    output.WriteLine($"  {name,-14}{text}");
                }
            }

            output.WriteLine($"  {"read by",-14}{request.Pipeline}, source {options.Source!.Type}");
            var first = new FirstSample(either.Token);
            output.WriteLine($"  {await modules.Streams.Visit(options.Source, options.Pipeline!, context, first)}");
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine($"{request.Recording}: no sample within {LongestWait.TotalSeconds} s.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (
            error is SourceException or InvalidOperationException or InvalidDataException or IOException)
        {
            errors.WriteLine(error.Message);
            return ExitCode.Failed;
        }
    }
}
