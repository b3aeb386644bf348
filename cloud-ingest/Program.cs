using System.CommandLine;
using Sensing.CloudIngest.Commands;

namespace Sensing.CloudIngest;

/// <summary>Entry point of <c>cloud-ingest</c>.</summary>
public static class Program
{
    /// <summary>A stop has a bound of its own (<see cref="RunCommand.LongestStop"/>); this is only the last resort.</summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(60);

    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("The Sensing cloud tier: takes events over MQTT 5, stores each one once, serves them over HTTP.")
        {
            RunCommand.Create(),
            ValidateCommand.Create(),
            DescribeCommand.Create(),
            PasswordCommand.Create(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastResort });
    }
}
