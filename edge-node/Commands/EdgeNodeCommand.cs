using System.CommandLine;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.Commands;

/// <summary>The command line of <c>edge-node</c>.</summary>
public static class EdgeNodeCommand
{
    /// <summary>A stop has bounds of its own (streams, draining); this is only the last resort.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromHours(2);

    /// <summary>Runs the program with these modules.</summary>
    /// <param name="modules">The pipelines that it brings.</param>
    /// <param name="args">The command line.</param>
    /// <param name="time">The node's clock; null: the system's.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(ModuleCatalogue modules, string[] args, TimeProvider? time = null) =>
        Create(modules, time).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestStop });

    internal static RootCommand Create(ModuleCatalogue modules, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        StreamCatalogue streams = modules.Streams;
        var root = new RootCommand("Turns raw sensor streams into typed events on the spot and ships them over MQTT 5. No event is lost or duplicated.")
        {
            RunCommand.Create(streams, clock),
            ReplayCommand.Create(modules, clock),
            ValidateCommand.Create(streams),
            DoctorCommand.Create(modules),
            InspectCommand.Create(modules, clock),
            DeadLettersCommand.Create(streams),
            OutboxCommand.Create(clock),
            DescribeCommand.Create(modules),
        };
        foreach (Command command in modules.Modules.SelectMany(module => module.CreateCommands(modules, clock)))
        {
            root.Add(command);
        }

        return root;
    }
}
