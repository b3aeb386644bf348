using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>A database of the test's own, and stores over it as several processes would open them.</summary>
public abstract class PostgresStores(ITestDatabases databases) : IAsyncLifetime
{
    /// <summary>The limit of a test does not hold after it.</summary>
    private static readonly TimeSpan LongestClose = TimeSpan.FromMinutes(2);

    private readonly List<IEventStore> _open = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected PostgresOptions Database { get; set; } = new();

    public virtual async ValueTask InitializeAsync() => Database = await databases.CreateAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (IEventStore store in _open)
        {
            await store.DisposeAsync().AsTask().WaitAsync(LongestClose, TimeProvider.System);
        }

        GC.SuppressFinalize(this);
    }

    protected async Task<PostgresEventStore> OpenAsync(StoreOptions? options = null, TimeProvider? time = null)
    {
        var store = new PostgresEventStore((options ?? new StoreOptions()) with { Postgres = Database }, Sample.Catalogue, 2, time ?? TimeProvider.System);
        _open.Add(store);
        await store.OpenAsync(Cancel);
        return store;
    }

    protected async Task<T> ScalarAsync<T>(string sql) => (T)(await ExecuteAsync(sql))!;

    protected Task<object?> ExecuteAsync(string sql) => databases.ExecuteAsync(Database.Database, sql, Cancel);

    protected static Task<AppendResult> AppendAsync(IEventStore store, params IEnumerable<SensorEvent> events) =>
        store.AppendAsync([.. events.Select(item => (LogRecord)Sample.Record(item))], [], Cancel);
}
