using Npgsql;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Versions of the tables.</summary>
public class SchemaTests(PostgresDatabases databases) : PostgresServerStores(databases)
{
    [Fact]
    public async Task Tables_of_a_newer_program_are_refused_and_left_alone()
    {
        PostgresEventStore store = await OpenAsync();
        await AppendAsync(store, Sample.Vehicle(Sample.Noon));
        await Server.ExecuteAsync(Database.Database, "UPDATE schema_version SET version = 99", Cancel);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync());

        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {PostgresSchema.Steps.Count}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(99, await ScalarAsync<int>("SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task Tables_of_an_older_program_are_brought_up_with_what_is_in_them()
    {
        await using (NpgsqlConnection connection = await Server.ConnectAsync(Database.Database, Cancel))
        {
            await PostgresSchema.MigrateAsync(connection, [.. PostgresSchema.Steps.Take(1)], null, Cancel);
        }

        await Server.ExecuteAsync(Database.Database, "INSERT INTO positions VALUES ('das-0', 7)", Cancel);

        PostgresEventStore store = await OpenAsync();

        Assert.Equal(PostgresSchema.Steps.Count, await ScalarAsync<int>("SELECT version FROM schema_version"));
        Assert.Equal(7, (await store.ReadPositionsAsync(Cancel)).Single().Next);
    }

    [Fact]
    public async Task A_store_of_the_version_before_hypertables_is_read_and_written_on_in_its_partitions()
    {
        PostgresEventStore before = await OpenAsync();
        await AppendAsync(before, Sample.Vehicle(Sample.Noon));
        await ExecuteAsync(
            "ALTER TABLE feed DROP COLUMN origin; ALTER TABLE feed ADD CONSTRAINT feed_id_key UNIQUE (id); ALTER TABLE series DROP COLUMN origin, DROP COLUMN node; "
            + "DROP INDEX nodes_by_name; ALTER TABLE dead_letters DROP COLUMN sender, DROP COLUMN size; DROP VIEW readable_events; DROP FUNCTION readable_json; "
            + "ALTER TABLE schema_version DROP COLUMN hypertables; ALTER TABLE series DROP COLUMN measure; DROP TABLE rollup_measures; "
            + "UPDATE schema_version SET version = 2");

        PostgresEventStore store = await OpenAsync();

        Assert.Equal(0, (await AppendAsync(store, Sample.Vehicle(Sample.Noon))).Added);
        Assert.Equal(1, (await AppendAsync(store, Sample.Vehicle(Sample.Noon.AddYears(1)))).Added);
        Assert.Equal(
            [Sample.Vehicle(Sample.Noon), Sample.Vehicle(Sample.Noon.AddYears(1))], (await Everything.OfAsync(store, Cancel)).Select(item => item.Event));
        Assert.Equal(PostgresSchema.Steps.Count, await ScalarAsync<int>("SELECT version FROM schema_version"));
    }

    [Fact]
    public async Task A_role_that_owns_the_schema_and_may_make_none_makes_the_tables()
    {
        string role = $"owner_{Database.Database}";
        await ExecuteAsync($"CREATE ROLE {role} LOGIN; CREATE SCHEMA sensing AUTHORIZATION {role}");
        await Server.LetInAsync(role, Cancel);
        Database = Database with { User = role };

        PostgresEventStore store = await OpenAsync();

        Assert.Equal(1, (await AppendAsync(store, Sample.Vehicle(Sample.Noon))).Added);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_tables_as_they_were()
    {
        await OpenAsync();
        await using NpgsqlConnection connection = await Server.ConnectAsync(Database.Database, Cancel);

        await Assert.ThrowsAsync<PostgresException>(() => PostgresSchema.MigrateAsync(
            connection, [.. PostgresSchema.Steps, "CREATE TABLE more (x integer)", "SELECT nothing"], null, Cancel));

        Assert.Equal(PostgresSchema.Steps.Count, await ScalarAsync<int>("SELECT version FROM schema_version"));
        Assert.True(await ScalarAsync<bool>("SELECT to_regclass('sensing.more') IS NULL"));
    }

    [Fact]
    public async Task Processes_that_start_at_once_make_the_tables_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));

        Assert.Equal(1, await ScalarAsync<long>("SELECT count(*) FROM head"));
    }

    [Fact]
    public async Task People_read_events_with_sql()
    {
        PostgresEventStore store = await OpenAsync();
        await AppendAsync(store, Sample.Vehicle(Sample.Noon, speedKmh: 81));

        Assert.Equal(
            "2026-01-02 12:00:00+00 /sites/tunnel/nodes/cabinet-1/streams/fibre-a sensing.das.vehicle.v1 81",
            await ScalarAsync<string>("SET timezone = 'UTC'; SELECT time::text || ' ' || source || ' ' || type || ' ' || (data ->> 'speedKmh') FROM readable_events"));
    }
}
