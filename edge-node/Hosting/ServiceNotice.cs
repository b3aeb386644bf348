using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Sensing.EdgeNode.Hosting;

/// <summary>Tells systemd that the node is ready, alive, stopping. Does nothing where no systemd listens.</summary>
public sealed class ServiceNotice(EdgeNodeHost host, TimeProvider time)
{
    private readonly SystemdNotifier _notifier = new();

    public async Task RunAsync(CancellationToken stop)
    {
        if (!_notifier.IsEnabled)
        {
            return;
        }

        try
        {
            await host.Started.WaitAsync(stop);
        }
        catch (Exception)
        {
            // The node has not started; it says so itself.
            return;
        }

        _notifier.Notify(ServiceState.Ready);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval(), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Asking the outbox proves that its file can be read and that no lock hangs; an idle loop would prove nothing.
            Sensing.EdgeNode.Outbox.OutboxStatistics outbox = host.Outbox;
            _notifier.Notify(new ServiceState("WATCHDOG=1"));
            _notifier.Notify(new ServiceState($"STATUS={(host.Publisher.Connected ? "connected" : host.Publisher.Problem ?? "not connected")}, {outbox.Events} events wait"));
        }

        _notifier.Notify(ServiceState.Stopping);
    }

    /// <summary>A third of the watchdog's time, so that one late call does not end the node.</summary>
    private static TimeSpan Interval() =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            ? TimeSpan.FromMicroseconds(microseconds / 3.0)
            : TimeSpan.FromSeconds(30);
}
