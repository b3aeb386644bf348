namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>What a writer knows without asking: series and partitions that have been committed. It outlives a lost connection.</summary>
internal sealed class WriterMemory
{
    public Dictionary<(string Source, string Type), SeriesEntry> Series { get; } = [];

    public PartitionTable Partitions { get; } = new();
}
