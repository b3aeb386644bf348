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

    /// <summary>Moves on by <paramref name="step"/> each time that somebody begins to wait, until <paramref name="done"/>: who has read the clock
    /// just before it was moved begins to wait after it.</summary>
    public async Task MoveUntilAsync(Task done, TimeSpan step, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            Task begun = _timers.Reader.ReadAsync(end.Token).AsTask();
            if (await Task.WhenAny(done, begun) == done)
            {
                await end.CancelAsync();
                await begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await done;
                return;
            }

            await begun;
            Advance(step);
        }
    }
}
