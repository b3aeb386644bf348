using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Sensing.Events;

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

    private static readonly byte[] Json = "application/json"u8.ToArray();
    private static readonly byte[] SpecVersion = "1.0"u8.ToArray();

    /// <summary>The CloudEvents source of a node's state.</summary>
    public static string NodeSource(string site, string node) => $"/sites/{site}/nodes/{node}";

    public (string Topic, Message<byte[], byte[]> Message) Write(LogRecord record) => record switch
    {
        EventRecord item => (topics.Of(item.Event.Type), Event(item)),
        NodeStatusRecord status => (topics.Node, Status(status)),
        DeadLetterRecord letter => (topics.DeadLetter, DeadLetter(letter)),
        _ => throw new NotSupportedException($"There is no Kafka topic for {record.GetType().Name}."),
    };

    private static Message<byte[], byte[]> Event(EventRecord item)
    {
        byte[] source = Encoding.UTF8.GetBytes(item.Event.Source.Source);
        Headers headers = Attributes(item.Event.Id, source, item.Event.Type.ToString(), item.Event.Time);
        if (item.Committed is { } committed)
        {
            headers.Add(Attribute + "sensingcommitted", Encoding.UTF8.GetBytes(EventTime.Format(committed)));
        }

        return Message(source, item.Event.Data, headers, item.Arrival);
    }

    private static Message<byte[], byte[]> Status(NodeStatusRecord status)
    {
        string source = NodeSource(status.Site, status.Node);
        string type = EventTypes.NodeStatus.Name.ToString();
        byte[] key = Encoding.UTF8.GetBytes(source);
        return Message(key, status.Status, Attributes(EventId.Create(source, type, status.Arrival, ""), key, type, status.Arrival), status.Arrival);
    }

    private static Message<byte[], byte[]> DeadLetter(DeadLetterRecord letter) => Message(
        Encoding.UTF8.GetBytes(letter.Topic),
        letter.Payload,
        new Headers
        {
            { Reason, Encoding.UTF8.GetBytes(letter.Reason) },
            { MqttTopic, Encoding.UTF8.GetBytes(letter.Topic) },
            { MqttProperties, Encoding.UTF8.GetBytes(letter.Properties) },
        },
        letter.Arrival);

    private static Headers Attributes(string id, byte[] source, string type, DateTimeOffset time) => new()
    {
        { Attribute + "specversion", SpecVersion },
        { Attribute + "id", Encoding.UTF8.GetBytes(id) },
        { Attribute + "source", source },
        { Attribute + "type", Encoding.UTF8.GetBytes(type) },
        { Attribute + "time", Encoding.UTF8.GetBytes(EventTime.Format(time)) },
        { ContentType, Json },
    };

    private static Message<byte[], byte[]> Message(byte[] key, ReadOnlyMemory<byte> value, Headers headers, DateTimeOffset arrival) => new()
    {
        Key = key,
        Value = MemoryMarshal.TryGetArray(value, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Array!.Length == segment.Count
            ? segment.Array
            : value.ToArray(),
        Headers = headers,
        Timestamp = new Timestamp(arrival),
    };
}
