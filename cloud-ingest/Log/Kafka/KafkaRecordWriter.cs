using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Makes Kafka records: events and node states in the binary mode of the CloudEvents Kafka binding, dead letters as they came.</summary>
/// <remarks>The time of a record is its arrival, so that Kafka's retention counts from there, however old an event is.</remarks>
internal sealed class KafkaRecordWriter(KafkaTopicNames topics)
{
    public const string ContentType = "content-type";
    public const string Attribute = "ce_";
    public const string Reason = "sensing_reason";
    public const string MqttTopic = "mqtt_topic";
    public const string MqttProperties = "mqtt_properties";

    private static readonly string StatusType = NodeEvents.Status.Name.ToString();

    // The same objects in every record: headers are only read.
    private static readonly Header SpecVersion = new(Attribute + "specversion", "1.0"u8.ToArray());
    private static readonly Header Json = new(ContentType, "application/json"u8.ToArray());

    /// <summary>The CloudEvents source of a node's state.</summary>
    public static string NodeSource(string site, string node) => $"/sites/{site}/nodes/{node}";

    public string TopicOf(LogRecord record) => record switch
    {
        EventRecord item => topics.Of(item.Event.Type),
        NodeStatusRecord => topics.Node,
        DeadLetterRecord => topics.DeadLetter,
        _ => throw new NotSupportedException($"There is no Kafka topic for {record.GetType().Name}."),
    };

    public (string Topic, Message<byte[], byte[]> Message) Write(LogRecord record) => (TopicOf(record), record switch
    {
        EventRecord item => Event(item),
        NodeStatusRecord status => Status(status),
        DeadLetterRecord letter => DeadLetter(letter),
        _ => throw new NotSupportedException($"There is no Kafka record for {record.GetType().Name}."),
    });

    private static Message<byte[], byte[]> Event(EventRecord item)
    {
        byte[] source = Encoding.UTF8.GetBytes(item.Event.Source.Source);
        Headers headers = Attributes(item.Event.Id, source, item.Event.Type.ToString(), item.Event.Time);
        if (item.Committed is { } committed)
        {
            headers.Add(Attribute + "sensingcommitted", Time(committed));
        }

        return Message(source, item.Event.Data, headers, item.Arrival);
    }

    private static Message<byte[], byte[]> Status(NodeStatusRecord status)
    {
        string source = NodeSource(status.Site, status.Node);
        byte[] key = Encoding.UTF8.GetBytes(source);
        string id = EventId.Create(source, StatusType, status.Arrival, "");
        return Message(key, status.Status, Attributes(id, key, StatusType, status.Arrival), status.Arrival);
    }

    private static Message<byte[], byte[]> DeadLetter(DeadLetterRecord letter)
    {
        byte[] topic = Encoding.UTF8.GetBytes(letter.Topic);
        return Message(
            topic,
            letter.Payload,
            new Headers
            {
                { Reason, Encoding.UTF8.GetBytes(letter.Reason) },
                { MqttTopic, topic },
                { MqttProperties, Encoding.UTF8.GetBytes(letter.Properties) },
            },
            letter.Arrival);
    }

    /// <summary>The key is the source.</summary>
    private static Headers Attributes(string id, byte[] source, string type, DateTimeOffset time) => new()
    {
        SpecVersion,
        { Attribute + "id", Encoding.UTF8.GetBytes(id) },
        { Attribute + "source", source },
        { Attribute + "type", Encoding.UTF8.GetBytes(type) },
        { Attribute + "time", Time(time) },
        Json,
    };

    private static byte[] Time(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[EventTime.MaxLength];
        return text[..EventTime.Format(time, text)].ToArray();
    }

    private static Message<byte[], byte[]> Message(byte[] key, ReadOnlyMemory<byte> value, Headers headers, DateTimeOffset arrival) => new()
    {
        Key = key,
        Value = MemoryMarshal.TryGetArray(value, out ArraySegment<byte> all) && all.Offset == 0 && all.Array!.Length == all.Count
            ? all.Array
            : value.ToArray(),
        Headers = headers,
        Timestamp = new Timestamp(arrival),
    };
}
