namespace Sensing.CloudIngest.Store;

/// <summary>The latest events of some streams and types.</summary>
/// <param name="Items">The events.</param>
/// <param name="Next">Where the next page begins; null: this was the last.</param>
public sealed record LatestPage(IReadOnlyList<StoredEvent> Items, LatestCursor? Next);
