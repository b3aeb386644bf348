using System.CommandLine;

namespace Sensing.Scheduling.Command;

/// <summary>Entry point of <c>sensing-schedule</c>.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand("Deadline scheduling of DNN tasks on edge and cloud: simulate and compare policies.")
        {
            CompareCommand.Build(),
            ListCommand.Build(),
            TimelineCommand.Build(),
        };
        return root.Parse(args).Invoke();
    }
}
