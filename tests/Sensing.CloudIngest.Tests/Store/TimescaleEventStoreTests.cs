using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>The store in hypertables.</summary>
public sealed class TimescaleEventStoreTests(TimescaleDatabases databases) : EventStoreContract
{
    private PostgresOptions _database = new();

    protected override async Task PrepareAsync() => _database = await databases.CreateAsync(Cancel) with { Timescale = TimescaleUse.Required };

    protected override IEventStore Create(string folder, StoreOptions options, EventCatalogue catalogue, TimeProvider time) =>
        new PostgresEventStore(options with { Postgres = _database }, catalogue, 2, time);

    protected override Task HeardAsync(IEventStore store) => ((PostgresEventStore)store).Listening.WaitAsync(Cancel);

    protected override async Task EraseAsync(string folder) =>
        await databases.ExecuteAsync(_database.Database, "DROP SCHEMA sensing CASCADE", Cancel);

    protected override async Task RefusePoisonAsync(string folder) =>
        await databases.ExecuteAsync(_database.Database, "ALTER TABLE sensing.feed ADD CHECK (position('POISON'::bytea IN id) = 0)", Cancel);
}
