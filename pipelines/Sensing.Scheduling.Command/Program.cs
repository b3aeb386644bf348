using System.CommandLine;

namespace Sensing.Scheduling.Command;

/// <summary>Entry point of <c>sensing-schedule</c>.</summary>
public static class Program
{
    /// <summary>How long Ctrl-C waits for the run under way.</summary>
    private static readonly TimeSpan LastRun = TimeSpan.FromSeconds(30);

    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Deadline scheduling of DNN tasks on edge and cloud: simulate and compare policies.")
        {
            CompareCommand.Build(),
            ListCommand.Build(),
            TimelineCommand.Build(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastRun });
    }
}
