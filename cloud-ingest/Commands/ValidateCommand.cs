using System.CommandLine;
using Sensing.Events;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest validate</c>: names every mistake at once and starts nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create(EventCatalogue catalogue)
    {
        var arguments = new ConfigurationArguments(catalogue);
        var command = new Command("validate", "Check a configuration; every mistake is named with its path.");
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            if (arguments.Read(parsed, out int exitCode) is not null)
            {
                Console.Out.WriteLine("The configuration is valid.");
            }

            return exitCode;
        });
        return command;
    }
}
