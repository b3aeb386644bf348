using System.Buffers;
using MQTTnet.Packets;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads MQTTnet's packets into <see cref="IncomingMessage"/>.</summary>
internal static class MqttProperties
{
    public static IncomingMessage Message(string topic, ReadOnlySequence<byte> payload, string? contentType, List<MqttUserProperty>? properties) => new(
        topic,
        payload.IsSingleSegment ? payload.First : payload.ToArray(),
        string.IsNullOrEmpty(contentType) ? null : contentType,
        properties is null ? [] : properties.ConvertAll(property => KeyValuePair.Create(property.Name, property.ReadValueAsString())));
}
