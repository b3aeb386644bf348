using System.CommandLine;

namespace Sensing.Dashboards;

/// <summary>Entry point of <c>dashboards</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("The Sensing dashboards: web pages over the query API.")
        {
            RunCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
