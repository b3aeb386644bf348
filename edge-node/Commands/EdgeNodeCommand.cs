using System.CommandLine;
using Sensing.EdgeNode.Commands.Calibrate;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>The command line of <c>edge-node</c>.</summary>
public static class EdgeNodeCommand
{
    /// <summary>A stop has bounds of its own (streams, draining); this is only the last resort.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromHours(2);

    /// <summary>Runs the program with these sources and pipelines.</summary>
    /// <param name="catalogue">Sources and pipelines.</param>
    /// <param name="args">The command line.</param>
    /// <param name="time">The node's clock; null: the system's.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(StreamCatalogue catalogue, string[] args, TimeProvider? time = null) =>
        Create(catalogue, time).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestStop });

    internal static RootCommand Create(StreamCatalogue catalogue, TimeProvider? time = null) =>
        new("Turns raw sensor streams into typed events on the spot and ships them over MQTT 5; nothing lost, nothing twice.")
        {
            RunCommand.Create(catalogue, time ?? TimeProvider.System),
            ReplayCommand.Create(catalogue),
            CalibrateCommand.Create(catalogue),
            ValidateCommand.Create(catalogue),
            DoctorCommand.Create(catalogue),
            DeadLettersCommand.Create(catalogue),
            DescribeCommand.Create(catalogue),
        };
}
