using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Store.Sqlite;

namespace Sensing.CloudIngest.Store;

/// <summary>Makes the store that a configuration asks for.</summary>
public static class EventStores
{
    /// <param name="options">File or database, and retention.</param>
    /// <param name="limits">How many connections may read.</param>
    /// <param name="time">Clock of retention.</param>
    /// <returns>A store that is not open yet.</returns>
    public static IEventStore Create(StoreOptions options, LimitOptions limits, TimeProvider time) => options.Postgres is null
        ? new SqliteEventStore(options, limits.StoreReaders, time)
        : new PostgresEventStore(options, limits.StoreReaders, time);
}
