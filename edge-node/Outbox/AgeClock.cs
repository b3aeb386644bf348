namespace Sensing.EdgeNode.Outbox;

/// <summary>A clock for ages that setting the node's clock cannot move: it counts the time that the node ran, and the time
/// between two runs where the node's clock can be believed.</summary>
/// <remarks>A Pi has no clock of its own and starts in the past until NTP has set it; a clock stepped by hours must neither
/// expire what is fresh nor keep what is old forever.</remarks>
internal sealed class AgeClock
{
    /// <summary>Before this a node's clock is not set yet.</summary>
    private static readonly DateTimeOffset Plausible = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _time;
    private readonly long _opened;
    private readonly long _baseMs;

    /// <param name="time">Node clock.</param>
    /// <param name="savedMs">This clock when it was last saved, ms.</param>
    /// <param name="savedAt">Node clock then; null in a new outbox.</param>
    public AgeClock(TimeProvider time, long savedMs, DateTimeOffset? savedAt)
    {
        _time = time;
        _opened = time.GetTimestamp();
        TimeSpan off = savedAt is { } then && then >= Plausible ? time.GetUtcNow() - then : TimeSpan.Zero;
        _baseMs = savedMs + Math.Max(0, (long)off.TotalMilliseconds);
    }

    public long NowMs => _baseMs + (long)_time.GetElapsedTime(_opened).TotalMilliseconds;
}
