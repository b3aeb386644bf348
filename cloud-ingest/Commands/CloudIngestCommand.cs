using System.CommandLine;
using Sensing.Events;

namespace Sensing.CloudIngest.Commands;

/// <summary>The command line of <c>cloud-ingest</c>.</summary>
public static class CloudIngestCommand
{
    /// <summary>A stop has a bound of its own (<see cref="RunCommand.LongestStop"/>); this is only the last resort.</summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(60);

    /// <summary>Runs the program with these event families.</summary>
    /// <param name="catalogue">Event families that the tier knows; events of others are stored as they are.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(EventCatalogue catalogue, string[] args) =>
        Create(catalogue).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastResort });

    internal static RootCommand Create(EventCatalogue catalogue) =>
        new("The Sensing cloud tier: takes events over MQTT 5, keeps each once, serves them over HTTP.")
        {
            RunCommand.Create(catalogue),
            ValidateCommand.Create(catalogue),
            DescribeCommand.Create(catalogue),
            PasswordCommand.Create(),
        };
}
