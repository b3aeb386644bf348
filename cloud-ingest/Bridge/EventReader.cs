using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sensing.CloudIngest.Log;
using Sensing.Events;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads an event from CloudEvents attributes and data (binary mode) of any transport, and says what is wrong with them.</summary>
/// <param name="catalogue">Types whose data are checked; data of others only have to be JSON.</param>
public sealed class EventReader(EventCatalogue catalogue)
{
    private readonly Dictionary<EventTypeName, PayloadShape?> _shapes =
        catalogue.Types.ToDictionary(type => type.Name, type => PayloadShape.Of(type.Payload));

    /// <param name="attribute">Value of a CloudEvents attribute by its name; null where it is absent.</param>
    /// <param name="contentType">Content type; null where the message names none.</param>
    /// <param name="data">Payload.</param>
    /// <param name="sensorEvent">The event.</param>
    /// <param name="committed">When its node committed it, where it says so.</param>
    /// <param name="kind">What is wrong, in a word.</param>
    /// <param name="problem">The first thing that is wrong.</param>
    public bool TryRead(
        Func<string, string?> attribute, string? contentType, ReadOnlyMemory<byte> data,
        [NotNullWhen(true)] out SensorEvent? sensorEvent, out DateTimeOffset? committed, out DeadLetterKind kind,
        [NotNullWhen(false)] out string? problem)
    {
        kind = DeadLetterKind.Attributes;
        committed = EventTime.TryParse(attribute("sensingcommitted"), out DateTimeOffset instant) ? instant : null;
        if (!EventAttributes.TryAssemble(
            catalogue, attribute("specversion"), attribute("id"), attribute("source"), attribute("type"), attribute("time"), data,
            out sensorEvent, out problem))
        {
            return false;
        }

        (kind, problem) = contentType is not null && !contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
                ? (DeadLetterKind.ContentType, $"the content type is '{contentType}', not 'application/json'")
            : sensorEvent.Id.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0
                ? (DeadLetterKind.Attributes, "the id has control characters")
            : catalogue.Find(sensorEvent.Type) is { } known
                ? (DeadLetterKind.Payload, Fits(known, data.Span, out string? misfit) ? null : $"the data are no {known.Name}: {misfit}")
            : (DeadLetterKind.Syntax, PayloadText.Problem(data.Span, double.MaxValue) is { } syntax ? $"the data are not JSON: {syntax}" : null);
        return problem is null;
    }

    /// <summary>A quick check that accepts most data of <paramref name="type"/>; null where there is none.</summary>
    internal PayloadShape? ShapeOf(EventTypeName type) => _shapes.GetValueOrDefault(type);

    /// <summary>Whether <paramref name="data"/> are what <paramref name="type"/> carries.</summary>
    internal bool Fits(IEventType type, ReadOnlySpan<byte> data, out string? misfit)
    {
        if (_shapes.TryGetValue(type.Name, out PayloadShape? shape) && shape?.Accepts(data) == true)
        {
            misfit = null;
            return true;
        }

        misfit = PayloadText.Problem(data, PayloadText.LargestMagnitude);
        if (misfit is null)
        {
            try
            {
                misfit = JsonSerializer.Deserialize(data, type.Payload) is null ? "they are null" : null;
            }
            catch (JsonException error)
            {
                misfit = error.Message;
            }
        }

        return misfit is null;
    }
}
