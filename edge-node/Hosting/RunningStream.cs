using Sensing.EdgeNode.Streams;

namespace Sensing.EdgeNode.Hosting;

/// <summary>A stream with the switch that stops it.</summary>
internal sealed class RunningStream(StreamSupervisor supervisor, TimeSpan stopWithin) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public StreamSupervisor Supervisor { get; } = supervisor;

    public void Start() => _running = Task.Run(() => Supervisor.RunAsync(stopWithin, _stop.Token));

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public void Dispose() => _stop.Dispose();
}
