using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Makes the store that a configuration asks for.</summary>
public static class EventStores
{
    /// <param name="options">File or database, and retention.</param>
    /// <param name="catalogue">Priorities, retention and measures of the event types.</param>
    /// <param name="limits">How many connections may read.</param>
    /// <param name="time">Clock of retention.</param>
    /// <returns>A store that is not open yet.</returns>
    public static IEventStore Create(StoreOptions options, EventCatalogue catalogue, LimitOptions limits, TimeProvider time) => options.Postgres is null
        ? new SqliteEventStore(options, catalogue, limits.StoreReaders, time)
        : new PostgresEventStore(options, catalogue, limits.StoreReaders, time);
}
