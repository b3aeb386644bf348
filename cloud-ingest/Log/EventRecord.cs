using Sensing.Events;

namespace Sensing.CloudIngest.Log;

/// <summary>A valid event.</summary>
/// <param name="Event">The event as its node made it.</param>
/// <param name="Committed">When the node committed it to its outbox, where the node says so.</param>
/// <param name="Arrival">When it came in.</param>
public sealed record EventRecord(SensorEvent Event, DateTimeOffset? Committed, DateTimeOffset Arrival) : LogRecord(Arrival)
{
    public override int Size => Event.Data.Length + 256;
}
