using System.CommandLine;
using Sensing.CloudIngest.Broker;

namespace Sensing.CloudIngest.Commands;

/// <summary><c>cloud-ingest password</c>: a line for the broker's password file. The password comes on standard input, so that it is in no process list.</summary>
internal static class PasswordCommand
{
    public static Command Create()
    {
        var user = new Argument<string>("user") { Description = "User name: {node} or {site}/{node} for a node." };
        var command = new Command("password", "Hash a password, read from standard input, into a line for mqtt.embedded.passwordFile.") { user };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(user);
            if (name.Length == 0 || name.Contains(':'))
            {
                Console.Error.WriteLine("cloud-ingest: a user name must not be empty or contain ':'.");
                return ExitCode.Configuration;
            }

            if (Console.In.ReadLine() is not { Length: > 0 } password)
            {
                Console.Error.WriteLine("cloud-ingest: give the password as one line on standard input.");
                return ExitCode.NoFile;
            }

            Console.Out.WriteLine(PasswordFile.Line(name, password));
            return ExitCode.Ok;
        });
        return command;
    }
}
