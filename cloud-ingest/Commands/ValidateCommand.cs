using System.CommandLine;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest validate</c>: names every mistake at once and starts nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var arguments = new ConfigurationArguments();
        var command = new Command("validate", "Check a configuration: list every mistake with its path.");
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
