using System.Diagnostics;
using Xunit;

namespace Sensing.Testing;

/// <summary>A real Mosquitto on loopback, with its data in a folder of its own, that can be killed and started again.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _command;
    private readonly List<string> _said = [];
    private TaskCompletionSource _more = New();
    private Process? _process;

    private MosquittoBroker(IEnumerable<string> command) => _command = [.. command, "-c", _folder["mosquitto.conf"]];

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Its processor time since it was started last; it must run.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Whether one can be started here.</summary>
    public static bool IsInstalled => Array.Exists(Places, File.Exists);

    /// <summary>Starts one; the test is skipped, with a message, where Mosquitto is not installed.</summary>
    /// <param name="configuration">Lines besides the listener; without any, everybody may do everything.</param>
    /// <param name="cancellation">Of the test.</param>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellation, params string[] configuration) =>
        StartAsync(["127.0.0.1"], [], configuration, cancellation);

    /// <summary>Starts one elsewhere.</summary>
    /// <param name="addresses">Where it listens, at each on the same port.</param>
    /// <param name="through">A command that becomes the program it is given.</param>
    /// <param name="configuration">Lines besides the listeners; without any, everybody may do everything.</param>
    /// <param name="cancellation">Of the test.</param>
    public static async Task<MosquittoBroker> StartAsync(
        IEnumerable<string> addresses, IEnumerable<string> through, string[] configuration, CancellationToken cancellation)
    {
        string? program = Array.Find(Places, File.Exists);
        Assert.SkipWhen(program is null, "Mosquitto is not installed (Debian: apt-get install mosquitto): this test needs a real broker.");
        var broker = new MosquittoBroker([.. through, program!]);
        File.WriteAllLines(broker._folder["mosquitto.conf"],
        [
            .. addresses.Select(address => $"listener {broker.Port} {address}"),
            "persistence true",
            $"persistence_location {broker._folder.Path}/",
            "log_dest stderr",
            "user root",
            .. configuration.Length == 0 ? ["allow_anonymous true"] : configuration,
        ]);
        await broker.StartAsync(cancellation);
        return broker;
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same port with the same data.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var running = new TaskCompletionSource();
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(_command[0], _command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false },
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
            {
                _said.Add(line.Data ?? "");
                _more.SetResult();
                _more = New();
            }

            if (line.Data is null)
            {
                lock (_said)
                {
                    running.TrySetException(new InvalidOperationException("Mosquitto ended: " + string.Join('\n', _said)));
                }
            }
            else if (line.Data.EndsWith(" running", StringComparison.Ordinal))
            {
                running.TrySetResult();
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();

        // Not the output of these tests: who reads that would wait for the broker's end.
        _process.BeginOutputReadLine();
        await running.Task.WaitAsync(cancellation);
    }

    /// <summary>Completes once its log has <paramref name="count"/> lines that contain <paramref name="text"/>, printed or still to come.</summary>
    public async Task LoggedAsync(string text, int count, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_said)
            {
                if (_said.Count(line => line.Contains(text, StringComparison.Ordinal)) >= count)
                {
                    return;
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancellation);
        }
    }

    /// <summary>SIGTERM: it writes down what it holds, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_process is { } process)
        {
            using (Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync(cancellation);
            }

            await process.WaitForExitAsync(cancellation);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>SIGKILL: what it held in memory is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
