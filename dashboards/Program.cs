using System.CommandLine;

namespace Sensing.Dashboards;

/// <summary>Entry point of <c>dashboards</c>.</summary>
public static class Program
{
    /// <summary>A stop has a bound of its own (<see cref="RunCommand.LongestStop"/>); this is only the last resort.</summary>
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(60);

    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("The Sensing dashboards: web pages over the query API.")
        {
            RunCommand.Create(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = LastResort });
    }
}
