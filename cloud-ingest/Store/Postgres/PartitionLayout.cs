namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>PostgreSQL's own partitions: <c>events</c> is partitioned by tier, each tier by time.</summary>
internal sealed class PartitionLayout : IEventLayout
{
    private static readonly (string, string)[] Root = [("events", "true")];

    public string Name => "partitions of PostgreSQL";

    public string Partitions { get; } = $"""
        SELECT tier, begin_time, end_time, first_arrival, last_arrival,
            format(CASE WHEN tier < 0 THEN 'events_far_%s_%s' ELSE 'events_%s_%s' END, greatest(tier, ~tier), begin_time / {TimeSpan.TicksPerMinute})
        FROM partitions ORDER BY first_arrival
        """;

    public string Bytes =>
        $"SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relnamespace = '{PostgresConnections.Schema}'::regnamespace AND relkind = 'r'";

    public string MakeTier(int tier) => $"""
        CREATE TABLE IF NOT EXISTS {PartitionTable.Name(tier)} (LIKE events INCLUDING STORAGE) PARTITION BY RANGE (time);
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = '{PartitionTable.Name(tier)}'::regclass) THEN
                ALTER TABLE events ATTACH PARTITION {PartitionTable.Name(tier)} FOR VALUES IN ({tier});
            END IF;
        END $$;
        """;

    /// <remarks>Attaching takes no lock that readers would wait for.</remarks>
    public string MakePartition(int tier, long begin, long end, long time) => FormattableString.Invariant($"""
        CREATE TABLE {PartitionTable.Name(tier, begin)} (LIKE events INCLUDING STORAGE);
        ALTER TABLE {PartitionTable.Name(tier)} ATTACH PARTITION {PartitionTable.Name(tier, begin)} FOR VALUES FROM ({begin}) TO ({end});
        INSERT INTO partitions VALUES ({tier}, {begin}, {end}, {long.MaxValue}, 0) RETURNING begin_time, end_time;
        """);

    public string Drop(EventPartition partition) => $"DROP TABLE {partition.Table}";

    public IEnumerable<(string Into, string Rows)> Targets(IEnumerable<int> tiers) => Root;
}
