namespace Sensing.CloudIngest.Store;

/// <summary>Live pages of the usual size.</summary>
public static class LivePages
{
    private const long MaxBytes = 1024 * 1024;

    /// <summary>Events stored after <paramref name="after"/>, in the order in which they were stored; at most about 1 MB of them.</summary>
    public static Task<LivePage> ReadAfterAsync(this IEventStore store, long after, SeriesFilter filter, int limit, CancellationToken cancellation) =>
        store.ReadAfterAsync(after, filter, limit, MaxBytes, cancellation);
}
