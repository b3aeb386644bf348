using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

public sealed class SeveralProcessesTests(PostgresDatabases databases) : SeveralProcesses(databases)
{
    [Fact]
    public async Task A_role_that_may_only_select_reads_and_cannot_write()
    {
        PostgresEventStore writing = await OpenAsync();
        await AppendAsync(writing, Sample.Vehicle(Sample.Noon));
        await ExecuteAsync(
            $"""
            CREATE ROLE reader_{Database.Database} LOGIN; GRANT reader_{Database.Database} TO sensing;
            GRANT USAGE ON SCHEMA sensing TO reader_{Database.Database}; GRANT SELECT ON ALL TABLES IN SCHEMA sensing TO reader_{Database.Database};
            """);
        await (await databases.Server).LetInAsync($"reader_{Database.Database}", Cancel);
        Database = Database with { User = $"reader_{Database.Database}" };
        PostgresEventStore reading = await OpenAsync();

        Assert.Single((await reading.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 10), Cancel)).Items);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => AppendAsync(reading, Sample.Vehicle(Sample.Noon.AddDays(1))));
        Assert.Contains("owner of schema", refused.Message, StringComparison.Ordinal);
    }
}
