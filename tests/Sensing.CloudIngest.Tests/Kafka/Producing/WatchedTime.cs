using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A clock that stands still until it is moved, and tells who waits for it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Completes when somebody has begun to wait for just this long.</summary>
    public async Task WaitedForAsync(TimeSpan time, CancellationToken cancellation)
    {
        while (await _timers.Reader.ReadAsync(cancellation) != time)
        {
            // Another's.
        }
    }
}
