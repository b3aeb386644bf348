namespace Sensing.CloudIngest.Store;

/// <summary>A page of the latest events, in the order of source and type.</summary>
/// <param name="Filter">Which streams and types.</param>
/// <param name="After">The stream and type of the last event of the page before; null: the first page.</param>
/// <param name="Limit">Events at most, above 0.</param>
public sealed record LatestQuery(SeriesFilter Filter, LatestCursor? After, int Limit)
{
    /// <summary>Payload bytes after which a page ends; one event always fits.</summary>
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;
}
