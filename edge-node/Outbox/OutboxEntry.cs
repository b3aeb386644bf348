using Sensing.Events;

namespace Sensing.EdgeNode.Outbox;

/// <summary>An event in the outbox.</summary>
/// <param name="Sequence">Place in the order of commits; never used twice.</param>
/// <param name="Event">The event.</param>
/// <param name="Committed">When it was committed, node clock.</param>
public sealed record OutboxEntry(long Sequence, SensorEvent Event, DateTimeOffset Committed);
