namespace Sensing.Testing;

/// <summary>The edge node as docs/edge-node.md publishes it.</summary>
public static class PublishedNode
{
    private const string Start = "dotnet publish edge-node ";
    private const string OutputOption = " -o out";

    /// <summary>Without these no server of the build outlives the command: it would hold the command's output open.</summary>
    private static readonly Dictionary<string, string> NoServers = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
    };

    /// <summary>What publishing for this machine needs and is not installed; null where it can be done.</summary>
    public static string? Missing => Programs.Find("clang") is null && Programs.Find("gcc") is null
        ? "gcc is not installed: publishing the edge node links a native program." : null;

    /// <summary>What publishing for a Pi or a Jetson needs besides and is not installed; null where it can be done.</summary>
    public static string? MissingForArm64 =>
        Programs.Find("clang") is not null && Programs.Find("aarch64-linux-gnu-gcc") is not null ? null
            : "clang or gcc-aarch64-linux-gnu is not installed: docs/edge-node.md says what publishing for arm64 needs.";

    /// <summary>The documented command.</summary>
    /// <param name="runtime"><c>linux-x64</c> or <c>linux-arm64</c>.</param>
    public static string Command(string runtime) =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "edge-node.md"))
            .Select(line => line.Split('#')[0].TrimEnd())
            .Single(line => line.StartsWith(Start, StringComparison.Ordinal) && line.Contains($" -r {runtime} ", StringComparison.Ordinal)
                && line.EndsWith(OutputOption, StringComparison.Ordinal));

    /// <summary>Runs the documented command, but for the folder that it writes to.</summary>
    /// <param name="runtime"><c>linux-x64</c> or <c>linux-arm64</c>.</param>
    /// <param name="folder">Folder that receives the program.</param>
    /// <param name="cancellation">Ends the command.</param>
    /// <returns>Path of the program.</returns>
    /// <exception cref="ProgramException">The command failed; the message holds what it printed.</exception>
    public static async Task<string> PublishAsync(string runtime, string folder, CancellationToken cancellation)
    {
        string command = Command(runtime)[..^OutputOption.Length] + $" -o '{folder}'";
        await using ProgramProcess publish = ProgramProcess.StartCommand(["bash", "-c", command], NoServers, Repository.Root);
        await publish.SucceedAsync(cancellation);
        return Path.Combine(folder, "edge-node");
    }
}
