using System.CommandLine;
using Sensing.CloudIngest.Commands;

namespace Sensing.CloudIngest;

/// <summary>Entry point of <c>cloud-ingest</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("The Sensing cloud tier: takes events over MQTT 5, keeps each once, serves them over HTTP.")
        {
            RunCommand.Create(),
            ValidateCommand.Create(),
            DescribeCommand.Create(),
            PasswordCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
