using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Which layout a store gets on a server without TimescaleDB.</summary>
public class LayoutTests(PostgresDatabases databases) : PostgresStores(databases)
{
    [Theory]
    [InlineData(TimescaleUse.Auto)]
    [InlineData(TimescaleUse.Off)]
    public async Task Without_TimescaleDB_a_store_lies_in_partitions_and_there_is_nothing_to_advise(TimescaleUse use)
    {
        Assert.Equal(new OpenedStore("partitions of PostgreSQL", null), await OpenedAsync(use));
        Assert.Equal(new OpenedStore("partitions of PostgreSQL", null), await OpenedAsync(use));
    }

    [Fact]
    public async Task What_is_required_and_not_there_is_an_error_that_says_so_and_makes_no_tables()
    {
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Required));

        Assert.Contains("store.postgres.timescale is 'required', and the server does not have TimescaleDB", refused.Message, StringComparison.Ordinal);
        Assert.False(await ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'sensing')"));
    }

    [Fact]
    public async Task A_store_in_partitions_is_refused_where_hypertables_are_required()
    {
        await OpenAsync();

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Required));

        Assert.Contains("was made with PostgreSQL's own partitions", refused.Message, StringComparison.Ordinal);
        Assert.Contains("begin with another store.postgres.database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_hypertables_is_refused_where_the_extension_is_gone()
    {
        await OpenAsync();
        await ExecuteAsync("UPDATE schema_version SET hypertables = true");

        Assert.Contains("extension timescaledb is not in the database", (await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Auto))).Message, StringComparison.Ordinal);
        Assert.Contains("was made with hypertables", (await Assert.ThrowsAsync<StoreException>(() => OpenedAsync(TimescaleUse.Off))).Message, StringComparison.Ordinal);
    }

    private async Task<OpenedStore> OpenedAsync(TimescaleUse use)
    {
        await using var store = new PostgresEventStore(new StoreOptions { Postgres = Database with { Timescale = use } }, Sample.Catalogue, 1, TimeProvider.System);
        return await store.OpenAsync(Cancel);
    }
}
