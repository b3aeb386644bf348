using System.CommandLine;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node validate FILE</c>: every mistake at once, each with its path; starts nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create(StreamCatalogue catalogue)
    {
        var file = new NodeFile();
        var command = new Command("validate", "Check a configuration: list every mistake with its path. Exits with 78 if there are any.");
        file.AddTo(command);
        command.SetAction(parsed =>
        {
            if (file.Load(parsed, catalogue, parsed.InvocationConfiguration.Error) is not { } options)
            {
                return ExitCode.Configuration;
            }

            parsed.InvocationConfiguration.Output.WriteLine($"{file.Path(parsed)}: no mistakes; node {options.Site}/{options.Node}, {options.Streams.Length} streams.");
            return ExitCode.Done;
        });
        return command;
    }
}
