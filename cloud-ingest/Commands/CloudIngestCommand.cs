using System.CommandLine;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.CloudIngest.Commands;

/// <summary>The command line of <c>cloud-ingest</c>.</summary>
public static class CloudIngestCommand
{
    /// <summary>A stop has a bound of its own (<see cref="RunCommand.LongestStop"/>); this is only the last resort.</summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(60);

    /// <summary>Runs the program with these event families.</summary>
    /// <param name="catalogue">Event families that the tier knows; events of others are stored as they are.</param>
    /// <param name="args">The command line.</param>
    /// <param name="trainings">Models that are trained again from what nodes send.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(EventCatalogue catalogue, string[] args, params IReadOnlyList<IModelTraining> trainings) =>
        Create(catalogue, trainings).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastResort });

    internal static RootCommand Create(EventCatalogue catalogue, params IReadOnlyList<IModelTraining> trainings) =>
        new("The Sensing cloud tier: takes events over MQTT 5, keeps each once, serves them over HTTP.")
        {
            RunCommand.Create(catalogue, trainings),
            ValidateCommand.Create(catalogue),
            DescribeCommand.Create(catalogue),
            PasswordCommand.Create(),
            ModelsCommand.Create(catalogue, trainings),
        };
}
