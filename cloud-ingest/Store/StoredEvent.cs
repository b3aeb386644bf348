using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>An event as the store has it.</summary>
/// <param name="Sequence">Its place in the order of storing; never given twice.</param>
/// <param name="Event">The event.</param>
/// <param name="Arrival">When it came to this tier.</param>
/// <param name="Committed">When its node committed it, where the node says so.</param>
/// <param name="Flags">Whether its time fits its arrival.</param>
public sealed record StoredEvent(long Sequence, SensorEvent Event, DateTimeOffset Arrival, DateTimeOffset? Committed, EventFlags Flags);
