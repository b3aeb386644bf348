using System.Diagnostics;
using Sensing.Testing;

namespace Sensing.Dashboards.Tests.Client;

/// <summary>Runs the client's own commands (dashboards/client), as docs/dashboard.md describes them.</summary>
internal static class ClientBuild
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "dashboards", "client");

    /// <summary>The page that stands for one from another project.</summary>
    public static string TidePage { get; } = Path.Combine(Repository.Root, "tests", "Sensing.Dashboards.Tests", "Client", "TidePage");

    /// <summary><c>node build.mjs ARGUMENTS</c>.</summary>
    public static Task<(int ExitCode, string Errors)> BuildAsync(params string[] arguments) => RunAsync("build.mjs", arguments);

    /// <summary><c>node check.mjs ARGUMENTS</c>.</summary>
    public static Task<(int ExitCode, string Errors)> CheckAsync(params string[] arguments) => RunAsync("check.mjs", arguments);

    private static async Task<(int ExitCode, string Errors)> RunAsync(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("SENSING_PAGES");
        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, output + await errors);
    }
}
