using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.EdgeNode.Outbox;
using Sensing.Events;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Events as MQTT 5 messages: CloudEvents binary mode, the attributes as user properties.</summary>
public static class MqttMessages
{
    /// <summary>User property with the time of the commit on the node, node clock: event time and this tell a consumer how late an event is.</summary>
    public const string CommittedProperty = "sensingcommitted";

    /// <summary>Topic of a node's retained status.</summary>
    public static string StatusTopic(string site, string node) => $"sensing/v1/{site}/{node}/status";

    public static MqttApplicationMessage Of(OutboxEntry entry)
    {
        MqttApplicationMessage message = Of(entry.Event, entry.Event.Topic, retain: false);
        message.UserProperties.Add(Property(CommittedProperty, EventTime.Format(entry.Committed)));
        return message;
    }

    public static MqttApplicationMessage Of(SensorEvent sensorEvent, string topic, bool retain) => new()
    {
        Topic = topic,
        Payload = new ReadOnlySequence<byte>(sensorEvent.Data),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        Retain = retain,
        ContentType = "application/json",
        UserProperties = Attributes(sensorEvent),
    };

    internal static List<MqttUserProperty> Attributes(SensorEvent sensorEvent) =>
    [
        Property("specversion", "1.0"),
        Property("id", sensorEvent.Id),
        Property("source", sensorEvent.Source.Source),
        Property("type", sensorEvent.Type.ToString()),
        Property("time", EventTime.Format(sensorEvent.Time)),
    ];

    /// <summary>Bytes of the packet, at most.</summary>
    internal static long PacketSize(MqttApplicationMessage message)
    {
        // Fixed header 5, packet id 2, length of topic 2, of properties 4, content type 3 + text; each user property 5 + texts.
        long size = 16 + Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length + Encoding.UTF8.GetByteCount(message.ContentType);
        foreach (MqttUserProperty property in message.UserProperties)
        {
            size += 5 + Encoding.UTF8.GetByteCount(property.Name) + property.ValueBuffer.Length;
        }

        return size;
    }

    private static MqttUserProperty Property(string name, string value) => new(name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value));
}
