using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Makes of an MQTT message what it is: an event (CloudEvents 1.0, binary mode), a node's status, or a dead letter with the reason.</summary>
public static class MessageReader
{
    private const string Prefix = "sensing/v1/";

    /// <summary>Longest topic and longest properties that a dead letter keeps; its payload is kept whole.</summary>
    private const int MaxKeptText = 16 * 1024;

    public static LogRecord Read(IncomingMessage message, DateTimeOffset arrival)
    {
        if (TryNodeTopic(message.Topic, out string site, out string node))
        {
            return message.Payload.IsEmpty || EventReader.Fits(NodeEvents.Status, message.Payload.Span, out string? mistake)
                ? new NodeStatusRecord(site, node, message.Payload, arrival)
                : DeadLetter(message, DeadLetterKind.Status, $"the node status is not one: {mistake}", arrival);
        }

        if (!EventReader.TryRead(
            name => Property(message, name), message.ContentType, message.Payload,
            out SensorEvent? sensorEvent, out DateTimeOffset? committed, out DeadLetterKind kind, out string? problem))
        {
            return DeadLetter(message, kind, problem, arrival);
        }

        return message.Topic == sensorEvent.Topic
            ? new EventRecord(sensorEvent, committed, arrival)
            : DeadLetter(message, DeadLetterKind.Topic, $"the topic does not belong to source and type, which ask for {sensorEvent.Topic}", arrival);
    }

    /// <summary>Whether <paramref name="topic"/> is <c>sensing/v1/{site}/{node}/status</c>.</summary>
    public static bool TryNodeTopic(string topic, out string site, out string node)
    {
        site = node = "";
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal) || !topic.EndsWith("/status", StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = topic.Split('/');
        if (parts.Length != 5 || !StreamAddress.IsName(parts[2]) || !StreamAddress.IsName(parts[3]))
        {
            return false;
        }

        (site, node) = (parts[2], parts[3]);
        return true;
    }

    public static DeadLetterRecord DeadLetter(IncomingMessage message, DeadLetterKind kind, string reason, DateTimeOffset arrival)
    {
        string properties = DeadLetterProperties.Of(message.Properties.Append(new("content-type", message.ContentType ?? "")));
        return new DeadLetterRecord(
            Cut(message.Topic), properties.Length <= MaxKeptText ? properties : "{}", message.Payload, Cut(reason), arrival)
        { Kind = kind };
    }

    private static string Cut(string text) => text.Length <= MaxKeptText ? text : text[..MaxKeptText];

    private static string? Property(IncomingMessage message, string name)
    {
        foreach ((string key, string value) in message.Properties)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
