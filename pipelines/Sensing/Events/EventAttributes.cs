using System.Diagnostics.CodeAnalysis;

namespace Sensing.Events;

/// <summary>Puts an event together from attributes that came over a wire, and says what is wrong with them.</summary>
public static class EventAttributes
{
    /// <summary>Longest id accepted, characters.</summary>
    public const int MaxIdLength = 128;

    /// <returns>False, with the first thing that is wrong, where the attributes are no event of this product.
    /// The data are not looked into: a payload that does not fit its schema is the reader's to refuse.</returns>
    public static bool TryAssemble(
        EventCatalogue catalogue, string? specVersion, string? id, string? source, string? type, string? time, ReadOnlyMemory<byte> data,
        [NotNullWhen(true)] out SensorEvent? sensorEvent, [NotNullWhen(false)] out string? problem)
    {
        sensorEvent = null;
        StreamAddress? address = null;
        EventTypeName? typeName = null;
        DateTimeOffset instant = default;
        problem =
            specVersion != "1.0" ? $"specversion is '{specVersion}', not '1.0'"
            : string.IsNullOrEmpty(id) || id.Length > MaxIdLength ? $"id is missing or longer than {MaxIdLength} characters"
            : !StreamAddress.TryParse(source, out address) ? $"source '{source}' is not /sites/{{site}}/nodes/{{node}}/streams/{{stream}}"
            : !EventTypeName.TryParse(type, out typeName) ? $"type '{type}' is not sensing.{{pipeline}}.{{fact}}.v{{version}}"
            : !EventTime.TryParse(time, out instant) ? $"time '{time}' is not an RFC 3339 time with an offset"
            : null;
        if (problem is not null)
        {
            return false;
        }

        sensorEvent = new SensorEvent(id!, address!, typeName!, instant, catalogue.PriorityOf(typeName!), data);
        return true;
    }
}
