using System.Text;

namespace Sensing.Events;

/// <summary>A CloudEvents 1.0 event whose data are already UTF-8 JSON: what pipelines yield and transports carry.</summary>
/// <remarks>Made by <see cref="EventType{T}.Create"/>; two events of the same input are equal byte for byte.</remarks>
public sealed class SensorEvent : IEquatable<SensorEvent>
{
    /// <param name="id">Deterministic id, see <see cref="EventId"/>.</param>
    /// <param name="source">The stream that yielded it.</param>
    /// <param name="type"><c>sensing.{pipeline}.{fact}.v{n}</c>.</param>
    /// <param name="time">Event time from the sensor, UTC.</param>
    /// <param name="priority">Rank in the outbox.</param>
    /// <param name="data">Payload, UTF-8 JSON.</param>
    public SensorEvent(
        string id, StreamAddress source, string type, DateTimeOffset time, EventPriority priority, ReadOnlyMemory<byte> data)
        : this(id, source, EventTypeName.Parse(type), time, priority, data)
    {
    }

    /// <summary>The same with a type that has been read already.</summary>
    public SensorEvent(
        string id, StreamAddress source, EventTypeName type, DateTimeOffset time, EventPriority priority, ReadOnlyMemory<byte> data)
    {
        Id = id;
        Source = source;
        Type = type;
        Time = time.ToUniversalTime();
        Priority = priority;
        Data = data;
    }

    public string Id { get; }

    public StreamAddress Source { get; }

    public EventTypeName Type { get; }

    public DateTimeOffset Time { get; }

    public EventPriority Priority { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The MQTT topic: <c>sensing/v1/{site}/{node}/{stream}/{pipeline}/{fact}</c>.</summary>
    public string Topic => $"sensing/v1/{Source.Site}/{Source.Node}/{Source.Stream}/{Type.Pipeline}/{Type.Fact}";

    public bool Equals(SensorEvent? other) => other is not null
        && Id == other.Id && Source == other.Source && Type == other.Type && Time == other.Time
        && Priority == other.Priority && Data.Span.SequenceEqual(other.Data.Span);

    public override bool Equals(object? obj) => Equals(obj as SensorEvent);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Type} {EventTime.Format(Time)} {Source} {Encoding.UTF8.GetString(Data.Span)}";
}
