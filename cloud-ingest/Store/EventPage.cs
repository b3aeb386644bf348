namespace Sensing.CloudIngest.Store;

/// <summary>A page of events.</summary>
/// <param name="Items">The events, in the order asked for.</param>
/// <param name="Next">Where the next page begins; null where there is none now.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Items, EventCursor? Next);
