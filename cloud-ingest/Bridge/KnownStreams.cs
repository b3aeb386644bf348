using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sensing.CloudIngest.Log;
using Sensing.Events;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads events from the bytes of their packets where an event of the same topic has come before.</summary>
/// <remarks>The topic, the source and the type are then the ones that have been checked, and need only be compared. What it
/// reads, <see cref="MessageReader"/> would read the same; of anything unusual it says nothing, and that one decides. Not for several threads at once.</remarks>
internal sealed class KnownStreams
{
    /// <summary>More topics than that are learnt anew.</summary>
    internal const int MaxTopics = 10_000;

    private readonly EventReader _events;
    private readonly Dictionary<byte[], Known> _topics = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Known>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <param name="events">Checks payloads.</param>
    public KnownStreams(EventReader events)
    {
        _events = events;
        _lookup = _topics.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Remembers where an event came from that was read the other way.</summary>
    public void Learn(EventRecord record)
    {
        if (_topics.Count >= MaxTopics)
        {
            _topics.Clear();
        }

        SensorEvent item = record.Event;
        _topics[Encoding.UTF8.GetBytes(item.Topic)] = new Known(
            item.Source, Encoding.UTF8.GetBytes(item.Source.Source), item.Type, Encoding.UTF8.GetBytes(item.Type.ToString()), item.Priority,
            _events.ShapeOf(item.Type));
    }

    /// <param name="body">A PUBLISH of QoS 1 after its fixed header; the event keeps it.</param>
    /// <param name="arrival">When it came in.</param>
    /// <param name="record">The event.</param>
    /// <param name="identifier">Of the packet.</param>
    public bool TryRead(ReadOnlyMemory<byte> body, DateTimeOffset arrival, [NotNullWhen(true)] out EventRecord? record, out ushort identifier)
    {
        record = null;
        if (!PublishView.TryRead(body.Span, out PublishView view))
        {
            identifier = 0;
            return false;
        }

        identifier = view.Identifier;
        DateTimeOffset committed = default;
        if (!_lookup.TryGetValue(view.Topic, out Known? known)
            || !view.Source.SequenceEqual(known.SourceText) || !view.Type.SequenceEqual(known.TypeText) || !view.SpecVersion.SequenceEqual("1.0"u8)
            || !(view.ContentType.IsEmpty || view.ContentType.SequenceEqual("application/json"u8))
            || view.Id.Length is 0 or > EventAttributes.MaxIdLength || view.Id.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            || !EventTime.TryParseOwn(view.Time, out DateTimeOffset time)
            || !(view.Committed.IsEmpty || EventTime.TryParseOwn(view.Committed, out committed))
            || known.Shape?.Accepts(body.Span[view.Payload..]) != true)
        {
            return false;
        }

        record = new EventRecord(
            new SensorEvent(Encoding.ASCII.GetString(view.Id), known.Source, known.Type, time, known.Priority, body[view.Payload..]),
            view.Committed.IsEmpty ? null : committed, arrival);
        return true;
    }

    private sealed record Known(StreamAddress Source, byte[] SourceText, EventTypeName Type, byte[] TypeText, EventPriority Priority, PayloadShape? Shape);

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
