namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>A hypertable of TimescaleDB for each tier, and <c>events</c> a view of them all; a partition is a chunk.</summary>
/// <remarks>Not one hypertable with tier and time as dimensions: there all tiers would share the intervals of time, so that images kept
/// for hours and facts kept for years would lie in chunks of one length. Only what the Apache edition has is used.</remarks>
/// <param name="extension">What the database has of TimescaleDB.</param>
internal sealed class HypertableLayout(TimescaleExtension extension) : IEventLayout
{
    /// <summary>Turns the tables of a store that is new and empty into this layout.</summary>
    /// <remarks>What was <c>events</c> stays, empty, as the pattern of the hypertables; the view begins with it.</remarks>
    public const string Begin = $"""
        DROP VIEW readable_events;
        DROP INDEX events_by_time;
        ALTER TABLE events RENAME TO event_columns;
        CREATE VIEW events AS SELECT * FROM event_columns;
        {PostgresSchema.ReadableEvents}
        UPDATE schema_version SET hypertables = true;
        """;

    private const string Chunks =
        $"timescaledb_information.chunks c WHERE c.hypertable_schema = '{PostgresConnections.Schema}' AND c.hypertable_name = ";

    public string Name => $"hypertables of TimescaleDB {extension.Version}";

    /// <remarks>A chunk that somebody dropped by hand leaves a partition with nothing in it, which the next sweep removes.</remarks>
    public string Partitions => $"""
        SELECT p.tier, p.begin_time, p.end_time, p.first_arrival, p.last_arrival, coalesce(
            (SELECT format('%I.%I', c.chunk_schema, c.chunk_name) FROM {Chunks}CASE WHEN p.tier < 0 THEN 'events_far_' ELSE 'events_' END || greatest(p.tier, ~p.tier) AND c.range_start_integer = p.begin_time), 'event_columns')
        FROM partitions p ORDER BY p.first_arrival
        """;

    public string Bytes => $"""
        SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM (
            SELECT oid FROM pg_class WHERE relnamespace = '{PostgresConnections.Schema}'::regnamespace AND relkind = 'r'
            UNION SELECT format('%I.%I', chunk_schema, chunk_name)::regclass FROM timescaledb_information.chunks
            WHERE hypertable_schema = '{PostgresConnections.Schema}') tables
        """;

    /// <remarks>The view is replaced: readers and this wait for each other. There are a few tiers in all, so it happens a few times.</remarks>
    public string MakeTier(int tier)
    {
        string table = PartitionTable.Name(tier);
        return $"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = '{PostgresConnections.Schema}' AND tablename = '{table}') THEN
                    CREATE TABLE {table} (LIKE event_columns INCLUDING STORAGE);
                    PERFORM {extension.Schema}.create_hypertable(
                        '{Qualified(tier)}', {extension.Schema}.by_range('time', {TimeSpan.TicksPerDay}), create_default_indexes => false);
                    CREATE INDEX {table}_by_time ON {table} (series, time, seq);
                    EXECUTE (
                        SELECT 'CREATE OR REPLACE VIEW events AS SELECT * FROM event_columns'
                            || string_agg(format(' UNION ALL SELECT * FROM %I', hypertable_name), '' ORDER BY hypertable_name)
                        FROM timescaledb_information.hypertables
                        WHERE hypertable_schema = '{PostgresConnections.Schema}' AND hypertable_name ~ '^events_(far_)?[0-9]+$');
                END IF;
            END $$;
            """;
    }

    /// <remarks>A row that comes and goes makes the chunk: there is no official function for it. Lengths and begins of partitions are as
    /// TimescaleDB aligns chunks, so it has the length asked for; where somebody has made chunks by hand it is noted as it is.</remarks>
    public string MakePartition(int tier, long begin, long end, long time) => FormattableString.Invariant($"""
        DO $$ BEGIN
            PERFORM {extension.Schema}.set_chunk_time_interval('{Qualified(tier)}', {end - begin}::bigint);
            INSERT INTO {PartitionTable.Name(tier)} VALUES ({tier}, 0, {time}, 0, 0, NULL, 0, '', '');
            DELETE FROM {PartitionTable.Name(tier)} WHERE time = {time} AND seq = 0;
        END $$;
        INSERT INTO partitions SELECT {tier}, c.range_start_integer, c.range_end_integer, {long.MaxValue}, 0
        FROM {Chunks}'{PartitionTable.Name(tier)}' AND c.range_start_integer <= {time} AND c.range_end_integer > {time}
        RETURNING begin_time, end_time;
        """);

    public string Drop(EventPartition partition) => FormattableString.Invariant(
        $"SELECT {extension.Schema}.drop_chunks('{Qualified(partition.Tier)}', older_than => {partition.End}::bigint, newer_than => {partition.Begin}::bigint)");

    public IEnumerable<(string Into, string Rows)> Targets(IEnumerable<int> tiers) =>
        tiers.Select(tier => (PartitionTable.Name(tier), FormattableString.Invariant($"tier = {tier}")));

    private static string Qualified(int tier) => $"{PostgresConnections.Schema}.{PartitionTable.Name(tier)}";
}
