using System.Text.Json;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Makes of an MQTT message what it is: an event (CloudEvents 1.0, binary mode), a node's status, or a dead letter with the reason.</summary>
public static class MessageReader
{
    private const string Prefix = "sensing/v1/";

    /// <summary>Longest topic and longest properties that a dead letter keeps; its payload is kept whole.</summary>
    private const int MaxKeptText = 16 * 1024;

    private static readonly Dictionary<EventTypeName, IEventType> Known = EventTypes.All.ToDictionary(type => type.Name);

    public static LogRecord Read(IncomingMessage message, DateTimeOffset arrival)
    {
        if (TryNodeTopic(message.Topic, out string site, out string node))
        {
            return message.Payload.IsEmpty || Fits(EventTypes.NodeStatus, message.Payload.Span, out string? mistake)
                ? new NodeStatusRecord(site, node, message.Payload, arrival)
                : DeadLetter(message, DeadLetterKind.Status, $"the node status is not one: {mistake}", arrival);
        }

        if (!EventAttributes.TryAssemble(
            Property(message, "specversion"), Property(message, "id"), Property(message, "source"), Property(message, "type"),
            Property(message, "time"), message.Payload, out SensorEvent? sensorEvent, out string? problem))
        {
            return DeadLetter(message, DeadLetterKind.Attributes, problem, arrival);
        }

        (DeadLetterKind kind, problem) = Check(message, sensorEvent);
        if (problem is not null)
        {
            return DeadLetter(message, kind, problem, arrival);
        }

        DateTimeOffset? committed = EventTime.TryParse(Property(message, "sensingcommitted"), out DateTimeOffset instant) ? instant : null;
        return new EventRecord(sensorEvent, committed, arrival);
    }

    private static (DeadLetterKind Kind, string? Problem) Check(IncomingMessage message, SensorEvent sensorEvent) =>
        message.ContentType is { } contentType && !contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            ? (DeadLetterKind.ContentType, $"the content type is '{contentType}', not 'application/json'")
        : message.Topic != sensorEvent.Topic
            ? (DeadLetterKind.Topic, $"the topic does not belong to source and type, which ask for {sensorEvent.Topic}")
        : sensorEvent.Id.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0
            ? (DeadLetterKind.Attributes, "the id has control characters")
        : Known.TryGetValue(sensorEvent.Type, out IEventType? known)
            ? (DeadLetterKind.Payload, Fits(known, message.Payload.Span, out string? misfit) ? null : $"the data are no {known.Name}: {misfit}")
        : (DeadLetterKind.Syntax, IsJson(message.Payload.Span, out string? syntax) ? null : $"the data are not JSON: {syntax}");

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

    private static bool Fits(IEventType type, ReadOnlySpan<byte> data, out string? misfit)
    {
        try
        {
            misfit = JsonSerializer.Deserialize(data, type.Payload) is null ? "they are null" : null;
        }
        catch (JsonException error)
        {
            misfit = error.Message;
        }

        return misfit is null;
    }

    private static bool IsJson(ReadOnlySpan<byte> data, out string? problem)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
            {
                // A text that is no UTF-8 shows only when it is read.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            problem = null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problem = error.Message;
        }

        return problem is null;
    }
}
