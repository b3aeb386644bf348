using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sensing.Events;

/// <summary>An event type with its payload <typeparamref name="T"/>: makes and reads events of this type.</summary>
/// <param name="name"><c>sensing.{pipeline}.{fact}.v{version}</c>.</param>
/// <param name="title">What a person calls such an event, in a word or two.</param>
/// <param name="priority">Rank where room or time is short.</param>
/// <param name="summary">One sentence: what happened when this event is sent.</param>
/// <param name="payload">Shape of the payload, of the family's own <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>.</param>
public sealed class EventType<T>(string name, string title, EventPriority priority, string summary, JsonTypeInfo<T> payload) : IEventType
{
    public EventTypeName Name { get; } = EventTypeName.Parse(name);

    public string Title { get; } = title;

    public EventPriority Priority { get; } = priority;

    public string Summary { get; } = summary;

    public TimeSpan? Retention { get; init; }

    public IReadOnlyList<EventMeasure> Measures { get; init; } = [];

    JsonTypeInfo IEventType.Payload => payload;

    /// <summary>An event with a deterministic id.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="time">Event time from the sensor.</param>
    /// <param name="naturalKey">What tells two events of this source, type and instant apart; may be empty.</param>
    /// <param name="data">Payload. Numbers that JSON lacks (NaN, infinity) throw <see cref="ArgumentException"/>.</param>
    public SensorEvent Create(StreamAddress source, DateTimeOffset time, string naturalKey, T data) => new(
        EventId.Create(source.Source, Name.ToString(), time, naturalKey),
        source,
        Name.ToString(),
        time,
        Priority,
        JsonSerializer.SerializeToUtf8Bytes(data, payload));

    /// <summary>The payload of <paramref name="sensorEvent"/>.</summary>
    /// <exception cref="ArgumentException">The event is of another type.</exception>
    /// <exception cref="JsonException">The data do not fit the type.</exception>
    public T Read(SensorEvent sensorEvent) => sensorEvent.Type == Name
        ? JsonSerializer.Deserialize(sensorEvent.Data.Span, payload) ?? throw new JsonException($"{Name}: data are null.")
        : throw new ArgumentException($"The event is a {sensorEvent.Type}, not a {Name}.", nameof(sensorEvent));
}
