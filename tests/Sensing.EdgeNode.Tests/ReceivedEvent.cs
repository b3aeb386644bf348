using Sensing.Events;

namespace Sensing.EdgeNode.Tests;

/// <summary>An event as it came over MQTT.</summary>
internal sealed record ReceivedEvent(
    string Id, string Topic, string Source, string Type, string Time, string Committed, string ContentType, byte[] Data)
{
    public SensorEvent Event => EventAttributes.TryAssemble(Known.Events, "1.0", Id, Source, Type, Time, Data, out SensorEvent? assembled, out string? problem)
        ? assembled
        : throw new InvalidOperationException(problem);
}
