using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.Hosting;

namespace Sensing.EdgeNode.Tests.Hosting;

public sealed class StartupMemoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _started = new();
    private int _collected;

    [Fact]
    public async Task Memory_is_released_once_a_while_after_the_start()
    {
        Task releasing = ReleaseAsync(CancellationToken.None);
        _time.Advance(StartupMemory.Delay * 2);
        Assert.Equal(0, _collected);

        _started.SetResult();
        _time.Advance(StartupMemory.Delay - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _collected);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await releasing;
        Assert.Equal(1, _collected);
    }

    [Fact]
    public async Task A_node_that_stops_or_does_not_start_releases_nothing()
    {
        using var stop = new CancellationTokenSource();
        Task releasing = ReleaseAsync(stop.Token);
        _started.SetResult();
        await stop.CancelAsync();
        await releasing;

        await StartupMemory.ReleaseAsync(
            Task.FromException(new NodeException("The folder is in use.")), _time, () => _collected++, CancellationToken.None);
        Assert.Equal(0, _collected);
    }

    private Task ReleaseAsync(CancellationToken stop) =>
        StartupMemory.ReleaseAsync(_started.Task, _time, () => _collected++, stop);
}
