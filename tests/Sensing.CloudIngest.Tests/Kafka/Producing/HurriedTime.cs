namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>Waits between tries pass a hundred times as fast. What bounds an answer (5 s and more) does not, so that a slow machine makes no failures of its own.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Factor = 100;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly long _start = System.GetTimestamp();

    public override long GetTimestamp() => Factor * (System.GetTimestamp() - _start);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < Bound ? dueTime / Factor : dueTime, period);
}
