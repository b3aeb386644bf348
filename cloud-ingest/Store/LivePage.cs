namespace Sensing.CloudIngest.Store;

/// <summary>Events in the order in which they were stored.</summary>
/// <param name="Items">The events.</param>
/// <param name="Position">Everything up to this sequence number has been looked at: read on after it.</param>
/// <param name="More">Whether more is there already.</param>
public sealed record LivePage(IReadOnlyList<StoredEvent> Items, long Position, bool More);
