using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Reads a store from its first event to its last, in the order of storing.</summary>
public static class Everything
{
    public static async Task<IReadOnlyList<StoredEvent>> OfAsync(IEventStore store, CancellationToken cancellation)
    {
        var all = new List<StoredEvent>();
        LivePage page;
        long position = 0;
        do
        {
            page = await store.ReadAfterAsync(position, SeriesFilter.All, int.MaxValue, cancellation);
            all.AddRange(page.Items);
            position = page.Position;
        }
        while (page.More);

        return all;
    }
}
