namespace Sensing.EdgeNode.TestNode;

/// <summary>A clock whose wall time can be set, backwards too, while its timers and time stamps run on: what NTP or a person does to a node.</summary>
/// <param name="inner">The clock that it follows.</param>
/// <param name="step">How far it is off, asked for at each look.</param>
public sealed class SteppedClock(TimeProvider inner, Func<TimeSpan> step) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + step();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
