namespace Sensing.EdgeNode.Tests;

/// <summary>A clock whose wall time can be set, backwards too, while its timers and time stamps run on: what NTP or a person does to a node.</summary>
internal sealed class SteppedClock(TimeProvider inner) : TimeProvider
{
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
