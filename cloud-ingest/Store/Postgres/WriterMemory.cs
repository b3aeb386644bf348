namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What a writer knows without asking: series and partitions that have been committed. It outlives a lost connection.</summary>
internal sealed class WriterMemory
{
    public Dictionary<(string Source, string Type), SeriesEntry> Series { get; } = [];

    /// <summary>Nodes whose status is kept.</summary>
    public HashSet<(string Site, string Node)> Nodes { get; } = [];

    /// <summary>Bytes of dead letters since they were last held against their bound; at the start nobody knows.</summary>
    public long DeadLettersSinceTrim { get; set; } = long.MaxValue / 2;

    public PartitionTable Partitions { get; } = new();
}
