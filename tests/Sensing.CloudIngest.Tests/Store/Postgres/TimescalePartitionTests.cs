using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Hypertables and their chunks, on a server with TimescaleDB.</summary>
public class TimescalePartitionTests(TimescaleDatabases databases) : Partitions(databases)
{
    private const string EqualChunks = """
        SELECT count(*) FROM partitions p JOIN timescaledb_information.chunks c
        ON c.hypertable_schema = 'sensing' AND c.hypertable_name = 'events_' || p.tier
            AND c.range_start_integer = p.begin_time AND c.range_end_integer = p.end_time
        """;

    protected override string CountOfTables => "SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_schema = 'sensing'";

    [Fact]
    public async Task Each_tier_is_a_hypertable_and_each_partition_one_chunk_of_its_length()
    {
        PostgresEventStore store = await OpenAsync();
        await store.AppendAsync(
            [
                Sample.Record(Sample.Vehicle(Sample.Noon)), Sample.Record(Sample.Vehicle(Sample.Noon.AddYears(-30)), Sample.Noon),
                Sample.Record(Sample.Waterfall(Sample.Noon)), Sample.Record(Sample.Waterfall(Sample.Noon.AddHours(1))),
                Sample.Record(Sample.Waterfall(DateTimeOffset.MaxValue), Sample.Noon), Sample.Record(Sample.Waterfall(DateTimeOffset.MinValue), Sample.Noon),
            ], [], Cancel);

        Assert.Equal(2, await ScalarAsync<long>("SELECT count(*) FROM timescaledb_information.hypertables WHERE hypertable_schema = 'sensing'"));
        Assert.Equal(6, await ScalarAsync<long>("SELECT count(*) FROM partitions"));
        Assert.Equal(6, await ScalarAsync<long>(EqualChunks));
        Assert.Equal(6, await ScalarAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(
            "10 10 10080",
            await ScalarAsync<string>($"SELECT string_agg(((end_time - begin_time) / 600000000)::text, ' ' ORDER BY end_time - begin_time, begin_time) FROM partitions WHERE end_time > {Sample.Noon.UtcTicks} AND begin_time < {Sample.Noon.AddHours(2).UtcTicks}"));
    }

    [Fact]
    public async Task A_chunk_that_somebody_dropped_is_forgotten_at_the_next_sweep_and_made_again()
    {
        PostgresEventStore store = await OpenAsync(time: new FakeTimeProvider(Sample.Noon));
        await AppendAsync(store, Sample.Vehicle(Sample.Noon));
        await ExecuteAsync("SELECT public.drop_chunks(format('sensing.%I', hypertable_name), older_than => 9000000000000000000::bigint) FROM timescaledb_information.hypertables WHERE hypertable_schema = 'sensing'");

        await store.SweepAsync(Cancel);
        await AppendAsync(store, Sample.Vehicle(Sample.Noon.AddSeconds(1)));

        Assert.Equal([Sample.Vehicle(Sample.Noon.AddSeconds(1))], (await Everything.OfAsync(store, Cancel)).Select(item => item.Event));
        Assert.Equal(1, await ScalarAsync<long>(EqualChunks));
    }

    [Fact]
    public async Task A_store_stays_in_the_layout_that_it_was_made_with()
    {
        OpenedStore made = await OpenedAsync(TimescaleUse.Auto);
        Assert.StartsWith("hypertables of TimescaleDB ", made.Layout, StringComparison.Ordinal);
        Assert.Null(made.Advice);
        Assert.Equal(made, await OpenedAsync(TimescaleUse.Required));
        Assert.Contains("was made with hypertables", (await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Off))).Message, StringComparison.Ordinal);

        await ExecuteAsync("DROP SCHEMA sensing CASCADE");
        Assert.Equal(new OpenedStore("partitions of PostgreSQL", null), await OpenedAsync(TimescaleUse.Off));
        Assert.Equal(
            new OpenedStore("partitions of PostgreSQL, though TimescaleDB is there: a store stays in the layout that it was made with", null),
            await OpenedAsync(TimescaleUse.Auto));
        Assert.Contains("own partitions", (await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Required))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_make_the_extension_gets_partitions_and_is_told_what_to_do()
    {
        string role = $"role_of_{Database.Database}";
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["password"], "only in tests", Cancel);
        await ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'only in tests'; DROP EXTENSION IF EXISTS timescaledb");
        await ExecuteAsync($"CREATE SCHEMA sensing AUTHORIZATION {role}");
        Database = Database with { User = role, PasswordFile = folder["password"] };

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Required));
        Assert.Contains("TimescaleDB cannot be used (permission denied", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CREATE EXTENSION timescaledb", refused.Message, StringComparison.Ordinal);
        OpenedStore opened = await OpenedAsync(TimescaleUse.Auto);
        Assert.Equal("partitions of PostgreSQL", opened.Layout);
        Assert.Contains("CREATE EXTENSION timescaledb", opened.Advice, StringComparison.Ordinal);
        Assert.Null((await OpenedAsync(TimescaleUse.Auto)).Advice);

        await ExecuteAsync($"DROP SCHEMA sensing CASCADE; DROP ROLE {role}");
    }

    [Fact]
    public async Task People_read_events_with_sql()
    {
        PostgresEventStore store = await OpenAsync();
        await AppendAsync(store, Sample.Vehicle(Sample.Noon, speedKmh: 81));

        Assert.Equal("sensing.das.vehicle.v1 81", await ScalarAsync<string>("SELECT type || ' ' || (data ->> 'speedKmh') FROM readable_events"));
    }

    private async Task<OpenedStore> OpenedAsync(TimescaleUse use)
    {
        await using var store = new PostgresEventStore(new StoreOptions { Postgres = Database with { Timescale = use } }, Sample.Catalogue, 1, TimeProvider.System);
        return await store.OpenAsync(Cancel);
    }
}
