using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sensing.Testing.Delivery;

/// <summary>A network of its own on this machine, with a loopback and nothing else until it is linked.</summary>
/// <remarks>It has no name that could stay behind: a shell holds it that waits for the end of its input, which comes with the end of this
/// process in whatever way, and then ends all that runs in it. Its interfaces go with it.</remarks>
public sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const string Hold = """
        trap '' INT
        ip link set lo up && echo up && cat >/dev/null
        own=$(readlink /proc/$$/ns/net)
        for process in /proc/[0-9]*; do
          [ "$(readlink "$process/ns/net")" != "$own" ] || [ "$process" = "/proc/$$" ] || kill -s KILL "${process#/proc/}"
        done 2>/dev/null
        """;

    private static readonly Lazy<string?> Lacks = new(Probe);

    private readonly Process _holder;

    private NetworkNamespace(Process holder) => _holder = holder;

    /// <summary>What is missing here to make and to slow networks; null: nothing.</summary>
    public static string? Missing => Lacks.Value;

    /// <summary>What starts a program inside.</summary>
    public IReadOnlyList<string> Command => ["nsenter", $"--net={Place}"];

    /// <summary>The process that holds it.</summary>
    public int Holder => _holder.Id;

    private string Place => $"/proc/{_holder.Id.ToString(CultureInfo.InvariantCulture)}/ns/net";

    public static async Task<NetworkNamespace> StartAsync(CancellationToken cancellation)
    {
        var made = new NetworkNamespace(Process.Start(new ProcessStartInfo("unshare", ["--net", "sh", "-c", Hold]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        if (await made._holder.StandardOutput.ReadLineAsync(cancellation) == "up")
        {
            return made;
        }

        await made.DisposeAsync();
        throw new ProgramException("A network namespace could not be made; the output above says why.");
    }

    /// <summary>Runs a command inside to its end.</summary>
    /// <exception cref="ProgramException">It failed.</exception>
    public async Task RunAsync(string command, CancellationToken cancellation)
    {
        string[] words = [.. Command, .. command.Split(' ')];
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
        string said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new ProgramException($"'{command}' in a network namespace exited with {process.ExitCode}: {said}");
        }
    }

    /// <summary>A socket of this process that listens inside, on the loopback there.</summary>
    public Socket Listen(int port)
    {
        Socket? socket = null;
        Exception? problem = null;

        // A socket belongs to the network of the thread that makes it, so a thread goes there for it and ends.
        var thread = new Thread(() =>
        {
            try
            {
                using var place = File.OpenHandle(Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                if (SetNamespace((int)place.DangerousGetHandle(), 0) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                socket.Listen();
            }
            catch (Exception error) when (error is IOException or Win32Exception or SocketException)
            {
                problem = error;
            }
        });
        thread.Start();
        thread.Join();
        return problem is null ? socket! : throw new ProgramException($"No socket in a network namespace: {problem.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }

    private static string? Probe()
    {
        if (Programs.Find("ip") is null || Programs.Find("tc") is null)
        {
            return "ip and tc are not installed (Debian: apt-get install iproute2)";
        }

        try
        {
            using Process probe = Process.Start(new ProcessStartInfo(
                "unshare", ["--net", "sh", "-c", $"ip link add probe type veth peer name other && tc qdisc add dev probe root {NetworkLink.Limit("1mbit")}"])
            { RedirectStandardError = true })!;
            string said = probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"this user may not make and slow networks (unshare, ip, tc): {said.Trim()}";
        }
        catch (Win32Exception error)
        {
            return $"network namespaces cannot be made (unshare): {error.Message}";
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
