using System.Diagnostics;
using System.Globalization;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A real Mosquitto on a port of loopback, with its persistence in a folder that outlives a restart.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Func<int, string[]>? _configuration;
    private Process? _process;

    private Mosquitto(Func<int, string[]>? configuration) => (Port, _configuration) = (LoopbackPort.Free(), configuration);

    public int Port { get; }

    /// <summary>Starts one; the test is skipped, with a message, where Mosquitto is not installed.</summary>
    /// <param name="cancellation">Of the test.</param>
    /// <param name="configuration">Its whole configuration, made from its port; absent: everybody may do everything.</param>
    public static async Task<Mosquitto> StartAsync(CancellationToken cancellation, Func<int, string[]>? configuration = null)
    {
        Assert.SkipUnless(Program is not null, "mosquitto is not installed: apt-get install mosquitto.");
        var broker = new Mosquitto(configuration);
        await broker.RestartAsync(cancellation);
        return broker;
    }

    /// <summary>Starts it, again where it was stopped, and waits until it listens.</summary>
    public async Task RestartAsync(CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(_folder["mosquitto.conf"], string.Create(CultureInfo.InvariantCulture, $"""
            listener {Port} 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location {_folder.Path}/
            max_queued_messages 0
            max_inflight_messages 500
            log_dest stderr
            user root

            """), cancellation);
        if (_configuration is { } configuration)
        {
            // That it runs is said among the information, which a configuration may have left out.
            await File.WriteAllLinesAsync(_folder["mosquitto.conf"], [.. configuration(Port), "user root", "log_type information"], cancellation);
        }

        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Program!, ["-c", _folder["mosquitto.conf"]]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false },
        };
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                running.TrySetException(new IOException($"mosquitto ended: {string.Join(Environment.NewLine, said)}"));
            }
            else if (line.Data.EndsWith("running", StringComparison.Ordinal))
            {
                running.TrySetResult();
            }
            else if (!running.Task.IsCompleted)
            {
                said.Add(line.Data);
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();

        // Not the output of these tests: who reads that would wait for the broker's end.
        _process.BeginOutputReadLine();
        await running.Task.WaitAsync(cancellation);
    }

    /// <summary>SIGTERM: it writes its sessions and ends.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        using Process kill = Process.Start("kill", ["-s", "TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists);
}
