using System.Diagnostics;
using System.Globalization;
using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Plain <c>mosquitto_sub -q 1</c> with a session that outlives it, its output thrown away: what the bridge is compared with.</summary>
public sealed class PlainSubscriber : IAsyncDisposable
{
    private const string Id = "plain";

    private readonly Process _process;

    private PlainSubscriber(Process process) => _process = process;

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => Programs.Find("mosquitto_sub") is not null;

    /// <summary>Makes the session.</summary>
    public static async Task SubscribeAsync(int port, CancellationToken cancellation)
    {
        await using PlainSubscriber subscriber = Start(port, "-E");
        await subscriber.EndAsync(cancellation);
    }

    /// <summary>Connects to the session and stops before it has taken anything but what is on the way; <see cref="Resume"/> lets it go on.</summary>
    /// <param name="mosquitto">The broker.</param>
    /// <param name="round">How many times this was done before, counting the session's making.</param>
    /// <param name="count">It ends after that many messages.</param>
    /// <param name="cancellation">Of the start.</param>
    public static async Task<PlainSubscriber> StartSuspendedAsync(MosquittoBroker mosquitto, int round, int count, CancellationToken cancellation)
    {
        PlainSubscriber subscriber = Start(mosquitto.Port, "-C", count.ToString(CultureInfo.InvariantCulture));
        await mosquitto.LoggedAsync($" as {Id} (", round + 1, cancellation);
        subscriber.Signal("STOP");
        return subscriber;
    }

    public void Resume() => Signal("CONT");

    /// <summary>Waits until it has all and has acknowledged all.</summary>
    /// <exception cref="MeasureException">It ended with an error.</exception>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        if (_process.ExitCode != 0)
        {
            throw new MeasureException($"mosquitto_sub ended with {_process.ExitCode}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static PlainSubscriber Start(int port, params string[] arguments)
    {
        // By way of a shell for its output: a pipe would have to be read.
        var start = new ProcessStartInfo("sh") { UseShellExecute = false };
        foreach (string argument in (string[])[
            "-c", "exec mosquitto_sub \"$@\" >/dev/null", "mosquitto_sub", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
            "-i", Id, "-c", "-k", "3600", "-q", "1", "-t", "sensing/v1/#", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new PlainSubscriber(Process.Start(start)!);
    }

    private void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
