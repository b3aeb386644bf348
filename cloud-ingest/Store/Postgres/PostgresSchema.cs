using Npgsql;

namespace Sensing.CloudIngest.Store.Postgres;

/// <summary>The tables, version by version. Times are ticks of 100 ns since 0001-01-01, UTC: events keep the sensor's resolution, which
/// is finer than timestamptz has.</summary>
internal static class PostgresSchema
{
    /// <summary>For people with SQL and for Grafana; this program does not read it. Data that are not JSON to PostgreSQL are NULL: one such row, of an
    /// earlier version, must not fail every query.</summary>
    public const string ReadableEvents = """
        CREATE OR REPLACE VIEW readable_events AS
            SELECT to_timestamp((e.time - 621355968000000000) / 1e7) AS time, to_timestamp((e.arrival - 621355968000000000) / 1e7) AS arrival,
                s.source, s.type, e.flags, readable_json(e.data) AS data
            FROM events e JOIN series s ON s.id = e.series;
        """;

    private const string FirstReadableEvents = """
        CREATE VIEW readable_events AS
            SELECT to_timestamp((e.time - 621355968000000000) / 1e7) AS time, to_timestamp((e.arrival - 621355968000000000) / 1e7) AS arrival,
                s.source, s.type, e.flags, convert_from(e.data, 'UTF8')::jsonb AS data
            FROM events e JOIN series s ON s.id = e.series;
        """;

    /// <summary>What leads from each version to the next. A step that has been shipped is never changed; a change is one more step.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        // head: one row. Whoever writes locks it first and holds it to its commit, so sequence numbers are given in the order of
        // the commits and a reader that has seen one has seen all below it. Its changes stay within its page (fillfactor).
        """
        CREATE TABLE head (
            one boolean PRIMARY KEY DEFAULT true CHECK (one),
            seq bigint NOT NULL,
            node_version bigint NOT NULL,
            partition_version bigint NOT NULL
        ) WITH (fillfactor = 10);
        INSERT INTO head (seq, node_version, partition_version) VALUES (0, 0, 0);
        """
        // feed: each event once by its id, whatever its time, and the order of storing. events cannot hold the ids unique: a
        // unique key of a partitioned table must contain the time.
        + """
        CREATE TABLE series (
            id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            source text COLLATE "C" NOT NULL,
            type text COLLATE "C" NOT NULL,
            count bigint NOT NULL DEFAULT 0,
            last_time bigint NOT NULL DEFAULT 0,
            last_arrival bigint NOT NULL DEFAULT 0,
            latest_seq bigint NOT NULL DEFAULT 0,
            latest_time bigint NOT NULL DEFAULT 0,
            latest_rank bigint NOT NULL DEFAULT 0,
            UNIQUE (source, type)
        ) WITH (fillfactor = 50);
        CREATE TABLE feed (
            seq bigint PRIMARY KEY,
            id bytea NOT NULL UNIQUE,
            series integer NOT NULL,
            time bigint NOT NULL,
            size integer NOT NULL
        );
        CREATE TABLE events (
            tier integer NOT NULL,
            series integer NOT NULL,
            time bigint NOT NULL,
            seq bigint NOT NULL,
            arrival bigint NOT NULL,
            committed bigint,
            flags smallint NOT NULL,
            id bytea NOT NULL,
            data bytea NOT NULL
        ) PARTITION BY LIST (tier);
        ALTER TABLE events ALTER data SET STORAGE EXTERNAL;
        CREATE INDEX events_by_time ON events (series, time, seq);
        CREATE TABLE partitions (
            tier integer NOT NULL,
            begin_time bigint NOT NULL,
            end_time bigint NOT NULL,
            first_arrival bigint NOT NULL,
            last_arrival bigint NOT NULL,
            PRIMARY KEY (tier, begin_time)
        ) WITH (fillfactor = 50);
        CREATE TABLE rollups (
            series integer NOT NULL,
            step smallint NOT NULL,
            time bigint NOT NULL,
            count bigint NOT NULL,
            measured bigint NOT NULL,
            sum double precision NOT NULL,
            min double precision NOT NULL,
            max double precision NOT NULL,
            changed bigint NOT NULL,
            PRIMARY KEY (series, step, time)
        ) WITH (fillfactor = 70);
        CREATE TABLE nodes (
            site text COLLATE "C" NOT NULL,
            node text COLLATE "C" NOT NULL,
            status bytea NOT NULL,
            received bigint NOT NULL,
            version bigint NOT NULL UNIQUE,
            PRIMARY KEY (site, node)
        );
        CREATE TABLE dead_letters (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest bytea NOT NULL UNIQUE,
            topic text NOT NULL,
            properties text NOT NULL,
            payload bytea NOT NULL,
            reason text NOT NULL,
            arrival bigint NOT NULL
        );
        CREATE TABLE positions (
            partition text COLLATE "C" PRIMARY KEY,
            next bigint NOT NULL
        );
        """,
        FirstReadableEvents,
        // Whether events is a view of hypertables (HypertableLayout) instead of the table above: a step that changes it must do so in
        // both layouts.
        "ALTER TABLE schema_version ADD COLUMN hypertables boolean NOT NULL DEFAULT false",
        // rollups holds the measure that series.measure names; every further one has a row here where events carry it. Before this version
        // a series had one measure at most, and nobody wrote down which.
        """
        ALTER TABLE series ADD COLUMN measure text COLLATE "C";
        CREATE TABLE rollup_measures (
            series integer NOT NULL,
            step smallint NOT NULL,
            time bigint NOT NULL,
            measure text COLLATE "C" NOT NULL,
            measured bigint NOT NULL,
            sum double precision NOT NULL,
            min double precision NOT NULL,
            max double precision NOT NULL,
            PRIMARY KEY (series, step, time, measure)
        ) WITH (fillfactor = 70);
        """,
        // Identity is (source, id). origin is the first series of a source, so that a row needs a number and not the text. node is what a
        // sender proves of itself.
        """
        ALTER TABLE series ADD COLUMN origin integer;
        UPDATE series s SET origin = (SELECT min(t.id) FROM series t WHERE t.source = s.source);
        ALTER TABLE series ADD COLUMN node text COLLATE "C" GENERATED ALWAYS AS (split_part(source, '/', 5)) STORED;
        CREATE INDEX series_by_node ON series (node);
        CREATE INDEX nodes_by_name ON nodes (node);
        ALTER TABLE feed ADD COLUMN origin integer;
        UPDATE feed f SET origin = s.origin FROM series s WHERE s.id = f.series;
        ALTER TABLE feed ALTER origin SET NOT NULL;
        ALTER TABLE feed DROP CONSTRAINT feed_id_key;
        ALTER TABLE feed ADD CONSTRAINT feed_id_key UNIQUE (id, origin);
        """
        // Sums that have overflowed, or will with the next event.
        + """
        UPDATE rollups SET measured = 0, sum = 0, min = 0, max = 0
            WHERE NOT (sum BETWEEN -1e150 AND 1e150 AND min BETWEEN -1e150 AND 1e150 AND max BETWEEN -1e150 AND 1e150);
        DELETE FROM rollup_measures
            WHERE NOT (sum BETWEEN -1e150 AND 1e150 AND min BETWEEN -1e150 AND 1e150 AND max BETWEEN -1e150 AND 1e150);
        """
        // Dead letters by sender, so that where they are too many those go who have most.
        + """
        ALTER TABLE dead_letters ADD COLUMN sender text COLLATE "C" NOT NULL DEFAULT '', ADD COLUMN size integer NOT NULL DEFAULT 0;
        UPDATE dead_letters SET size = octet_length(topic) + octet_length(properties) + octet_length(payload) + octet_length(reason) + 64;
        CREATE INDEX dead_letters_by_sender ON dead_letters (sender, seq, size);
        """
        // Not for parallel queries (the default): a block with an exception handler is a subtransaction, which those cannot have.
        + """
        CREATE FUNCTION readable_json(data bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
            BEGIN RETURN convert_from(data, 'UTF8')::jsonb; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
        """
        + ReadableEvents,
    ];

    /// <summary>Any number, the same for every process: two that start at once make the tables one after the other.</summary>
    private const long MigrationLock = 0x53656e73696e67;

    private const string LongestMigration = "60s";

    /// <summary>Brings the tables to the version that <paramref name="steps"/> lead to, in one transaction. Where they are there already
    /// nothing is written, so a role that only reads can open the store.</summary>
    /// <param name="connection">To the database.</param>
    /// <param name="steps">Usually <see cref="Steps"/>.</param>
    /// <param name="whenNew">What follows them where there were no tables; null: nothing.</param>
    /// <param name="cancellation">Of the migration.</param>
    /// <exception cref="StoreException">The tables are of a newer version.</exception>
    public static async Task MigrateAsync(
        NpgsqlConnection connection, IReadOnlyList<string> steps, string? whenNew, CancellationToken cancellation)
    {
        if (await VersionAsync(connection, cancellation).ConfigureAwait(false) is int found && found == steps.Count)
        {
            return;
        }

        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Another process that makes the tables at this moment is waited for; for anything else a sweep's short bound holds again.
            await RunAsync(
                connection, $"SET LOCAL lock_timeout = '{LongestMigration}'; SELECT pg_advisory_xact_lock({MigrationLock}); SET LOCAL lock_timeout TO DEFAULT", cancellation).ConfigureAwait(false);
            int version = await VersionAsync(connection, cancellation).ConfigureAwait(false) ?? 0;
            if (version > steps.Count)
            {
                throw new StoreException(
                    $"The tables in schema {PostgresConnections.Schema} of database {connection.Database} are of version {version}, this program knows versions up to {steps.Count}: use the program that made them, or another store.postgres.database.");
            }

            if (version == 0)
            {
                // Not CREATE SCHEMA IF NOT EXISTS: that needs the right to make schemas even where it is there.
                await RunAsync(
                    connection,
                    $"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = '{PostgresConnections.Schema}') THEN CREATE SCHEMA {PostgresConnections.Schema}; END IF; END $$; CREATE TABLE {PostgresConnections.Schema}.schema_version (version integer NOT NULL); INSERT INTO {PostgresConnections.Schema}.schema_version VALUES (0);",
                    cancellation).ConfigureAwait(false);
            }

            foreach (string step in steps.Skip(version))
            {
                await RunAsync(connection, step, cancellation).ConfigureAwait(false);
            }

            if (version == 0 && whenNew is not null)
            {
                await RunAsync(connection, whenNew, cancellation).ConfigureAwait(false);
            }

            await RunAsync(connection, $"UPDATE schema_version SET version = {steps.Count}", cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Null where there are no tables.</returns>
    public static async Task<int?> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // Not to_regclass: within a transaction it may remember that there was no such table before the wait for the lock.
            command.CommandText =
                $"SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = '{PostgresConnections.Schema}' AND tablename = 'schema_version')";
            if (await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
            {
                return null;
            }

            command.CommandText = $"SELECT version FROM {PostgresConnections.Schema}.schema_version";
            return (int?)await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Which layout the tables have.</summary>
    public static async Task<bool> HasHypertablesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "SELECT hypertables FROM schema_version";
            return (bool)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // The texts above.
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }
}
