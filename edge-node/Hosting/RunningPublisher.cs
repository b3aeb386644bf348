using Sensing.EdgeNode.Publishing;

namespace Sensing.EdgeNode.Hosting;

/// <summary>A publisher with the switch that stops it.</summary>
internal sealed class RunningPublisher : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _leave = true;

    public RunningPublisher(Publisher publisher, TimeSpan drain)
    {
        Publisher = publisher;
        Running = Task.Run(() => publisher.RunAsync(drain, () => _leave, _stop.Token));
    }

    public Publisher Publisher { get; }

    public Task Running { get; }

    /// <summary>Another one takes over: no goodbye, and no waiting for what is unsent.</summary>
    public void HandOver() => _leave = false;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running;
    }

    public void Dispose() => _stop.Dispose();
}
