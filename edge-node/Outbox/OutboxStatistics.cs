namespace Sensing.EdgeNode.Outbox;

/// <summary>What the outbox holds.</summary>
/// <param name="Events">Unsent events.</param>
/// <param name="Bytes">Their bytes, as the bounds count them.</param>
/// <param name="OldestSeconds">Age of the oldest, s since its commit; 0 where nothing waits.</param>
/// <param name="DeadLetters">Events that the broker refused for good.</param>
/// <param name="Dropped">Events dropped since the outbox was opened.</param>
/// <param name="Problem">Why nothing can be committed at the moment (disk full); null where it can.</param>
public sealed record OutboxStatistics(long Events, long Bytes, double OldestSeconds, long DeadLetters, long Dropped, string? Problem)
{
    /// <summary>Unsent events and their bytes, by priority.</summary>
    public IReadOnlyList<OutboxDepth> Depths { get; init; } = [];

    /// <summary>Events dropped since the outbox was opened, by reason and priority.</summary>
    public IReadOnlyList<OutboxDrops> Drops { get; init; } = [];
}
