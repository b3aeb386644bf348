namespace Sensing.CloudIngest.Store;

/// <summary>A page of events in the order of their own time.</summary>
/// <param name="Filter">Which streams and types.</param>
/// <param name="From">Earliest time, inclusive; null: from the beginning.</param>
/// <param name="To">Latest time, exclusive; null: to the end.</param>
/// <param name="Descending">Newest first.</param>
/// <param name="After">Where the page before ended; null: the first page.</param>
/// <param name="Limit">Events at most, above 0.</param>
public sealed record EventQuery(
    SeriesFilter Filter, DateTimeOffset? From, DateTimeOffset? To, bool Descending, EventCursor? After, int Limit)
{
    /// <summary>Payload bytes after which a page ends, so that large events do not fill memory; one event always fits.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;
}
