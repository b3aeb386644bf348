using System.CommandLine;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone;

/// <summary>Entry point of <c>standalone</c>: everything in one process.</summary>
public static class Program
{
    /// <summary>Longer than the node's bound for sending what waits, so that a stop is never cut short.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    public static Task<int> Main(string[] args) => StandaloneCommand.Create().Parse(args)
        .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LongestStop });
}
