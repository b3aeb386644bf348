using System.CommandLine;
using Sensing.Modules;

namespace Sensing.Standalone.Commands;

/// <summary>The standalone with any modules.</summary>
public static class StandaloneProgram
{
    /// <summary>Longer than the node's bound for sending what waits, so that a stop is never cut short.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    /// <param name="modules">The pipelines that it brings.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the addresses are printed; null: standard output.</param>
    /// <param name="errors">Where mistakes are printed; null: standard error.</param>
    /// <param name="stop">Stops it, as Ctrl-C and SIGTERM do.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        ModuleCatalogue modules, string[] args, TextWriter? output = null, TextWriter? errors = null, CancellationToken stop = default) =>
        StandaloneCommand.Create(modules).Parse(args).InvokeAsync(
            new InvocationConfiguration
            {
                ProcessTerminationTimeout = LongestStop,
                Output = output ?? Console.Out,
                Error = errors ?? Console.Error,
            },
            stop);
}
