namespace Sensing.CloudIngest.Store;

/// <summary>What a sweep removed.</summary>
/// <param name="Expired">Events older than their retention.</param>
/// <param name="Evicted">Events removed before their time because the store was full.</param>
/// <param name="Bytes">Size of the store afterwards.</param>
public sealed record SweepResult(long Expired, long Evicted, long Bytes)
{
    /// <summary>Dead letters removed before their time.</summary>
    public long DeadLetters { get; init; }
}
