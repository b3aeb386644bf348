using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>All of the latest events at once.</summary>
public static class LatestEvents
{
    public static async Task<IReadOnlyList<StoredEvent>> ReadLatestAsync(this IEventStore store, SeriesFilter filter, CancellationToken cancellation) =>
        (await store.ReadLatestAsync(new LatestQuery(filter, null, 100_000), cancellation)).Items;
}
