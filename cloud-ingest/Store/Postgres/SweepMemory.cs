namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What a sweep leaves for the next, so that it does not look at what cannot have become too old.</summary>
internal sealed class SweepMemory
{
    /// <summary>When something in a partition can be removed next, ticks, as long as its newest arrival is the same.</summary>
    public Dictionary<(int Tier, long Begin), (long LastArrival, long Due)> Due { get; } = [];

    /// <summary>When roll-ups and dead letters were looked at.</summary>
    public DateTimeOffset? Rest { get; set; }
}
