using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Sensing.Testing;

[assembly: SupportedOSPlatform("linux")]

namespace Sensing.Documentation.Tests;

/// <summary>A shell in a copy of the checkout, on a machine where nothing else listens: what a reader's terminal is.</summary>
/// <remarks>
/// The copy is an overlay over the checkout, seen only by the commands of this terminal and at the checkout's own path, so that what is built
/// is not built again and what the commands write is gone afterwards. So are <c>/etc</c>, <c>/opt</c> and <c>/var/lib</c> for root. The network
/// has nothing but loopback: every port is free, and nothing is fetched.
/// </remarks>
internal sealed class Terminal : IAsyncDisposable
{
    /// <summary>The namespaces live as long as its shell, which ends with this process at the latest.</summary>
    private const string Setup = """
        set -e
        root=$1 scratch=$2 files=$3
        mount -t tmpfs tmpfs "$scratch"
        cover() {
          mkdir -p "$scratch/$1/upper" "$scratch/$1/work"
          mount -t overlay overlay -o "lowerdir=$2,upperdir=$scratch/$1/upper,workdir=$scratch/$1/work" "$2"
        }
        cover root "$root"
        if [ "$(id -u)" -eq 0 ] && [ "$4" = system ]; then cover etc /etc; cover opt /opt; cover lib /var/lib; fi
        ip link set lo up
        rm -rf "$root/data"
        cp -r "$files/." "$root/"
        echo ready
        exec cat > /dev/null
        """;

    private static readonly bool IsRoot = Environment.UserName == "root";
    private static readonly string[] Enter = IsRoot ? ["--mount", "--net"] : ["--user", "--map-root-user", "--mount", "--net"];

    private readonly Process _holder;
    private readonly TemporaryFolder _scratch;
    private readonly List<ProgramProcess> _running = [];

    private readonly string _path;
    private readonly ITestOutputHelper _output;

    private Terminal(Process holder, TemporaryFolder scratch, string path, ITestOutputHelper output)
    {
        _holder = holder;
        _scratch = scratch;
        _path = path;
        _output = output;
    }

    /// <summary>Everything printed by the command that ran last.</summary>
    public string Output => _running.Count > 0 ? _running[^1].Output : "";

    /// <summary>Opens one; the test is skipped, with a message, where the system does not let it.</summary>
    /// <param name="prepared">What lies in the checkout's root and on the path.</param>
    /// <param name="output">Where everything that was printed goes at the end.</param>
    /// <param name="cancellation">Of the test.</param>
    public static async Task<Terminal> OpenAsync(PreparedFiles prepared, ITestOutputHelper output, CancellationToken cancellation)
    {
        var scratch = new TemporaryFolder();
        var start = new ProcessStartInfo("unshare", [.. Enter, "bash", "-c", Setup, "terminal", Repository.Root, scratch.Path, prepared.Files, IsRoot ? "system" : "user"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        string path = $"{prepared.Programs}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        start.Environment["PATH"] = path;
        Process holder = Process.Start(start)!;
        if (await holder.StandardOutput.ReadLineAsync(cancellation) != "ready")
        {
            string problem = (await holder.StandardError.ReadToEndAsync(cancellation)).Trim();
            holder.Dispose();
            scratch.Dispose();
            Assert.Skip($"This user may not make namespaces with an overlay (unshare --mount --net): command lines of the documentation are not run. {problem}");
        }

        return new Terminal(holder, scratch, path, output);
    }

    /// <summary>Runs a command line to its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(string command, string? input, CancellationToken cancellation) =>
        await Start(command, input).ExitAsync(cancellation);

    /// <summary>Starts a command line and waits until it has printed a line that matches.</summary>
    public async Task<ProgramProcess> StartAsync(string command, string until, CancellationToken cancellation)
    {
        ProgramProcess process = Start(command, null);
        await process.WaitForLineAsync(until, cancellation);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ProgramProcess process in _running)
        {
            await process.DisposeAsync();
            _output.WriteLine(process.Output);
        }

        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        _scratch.Dispose();
    }

    private ProgramProcess Start(string command, string? input)
    {
        string id = _holder.Id.ToString(CultureInfo.InvariantCulture);
        string[] enter = IsRoot ? ["--mount", "--net"] : ["--user", "--preserve-credentials", "--mount", "--net"];
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = _path,
            // Servers of the build would outlive the terminal.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        ProgramProcess process = ProgramProcess.StartGroup(
            ["nsenter", "--target", id, .. enter, "bash", "-c", $"cd '{Repository.Root}' || exit\n{command}"], environment, input);
        _running.Add(process);
        return process;
    }
}
