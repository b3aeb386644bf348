using System.Text;
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

    private const string Json = "application/json";
    private const string SpecVersion = "1.0";

    private static readonly byte[] SpecVersionName = Encoding.UTF8.GetBytes(Attribute + "specversion");
    private static readonly byte[] IdName = Encoding.UTF8.GetBytes(Attribute + "id");
    private static readonly byte[] SourceName = Encoding.UTF8.GetBytes(Attribute + "source");
    private static readonly byte[] TypeName = Encoding.UTF8.GetBytes(Attribute + "type");
    private static readonly byte[] TimeName = Encoding.UTF8.GetBytes(Attribute + "time");
    private static readonly byte[] CommittedName = Encoding.UTF8.GetBytes(Attribute + "sensingcommitted");
    private static readonly byte[] ContentTypeName = Encoding.UTF8.GetBytes(ContentType);
    private static readonly byte[] ReasonName = Encoding.UTF8.GetBytes(Reason);
    private static readonly byte[] MqttTopicName = Encoding.UTF8.GetBytes(MqttTopic);
    private static readonly byte[] MqttPropertiesName = Encoding.UTF8.GetBytes(MqttProperties);

    private static readonly string StatusType = NodeEvents.Status.Name.ToString();

    /// <summary>The CloudEvents source of a node's state.</summary>
    public static string NodeSource(string site, string node) => $"/sites/{site}/nodes/{node}";

    public string TopicOf(LogRecord record) => record switch
    {
        EventRecord item => topics.Of(item.Event.Type),
        NodeStatusRecord => topics.Node,
        DeadLetterRecord => topics.DeadLetter,
        _ => throw new NotSupportedException($"There is no Kafka topic for {record.GetType().Name}."),
    };

    /// <summary>Writes <paramref name="record"/> into <paramref name="target"/>.</summary>
    public void Write(LogRecord record, KafkaRecord target)
    {
        string topic = TopicOf(record);
        switch (record)
        {
            case EventRecord item:
                target.Begin(topic, item.Event.Source.Source, item.Event.Data, item.Arrival);
                Attributes(target, item.Event.Id, item.Event.Type.ToString(), item.Event.Time);
                if (item.Committed is { } committed)
                {
                    Time(target, CommittedName, committed);
                }

                break;
            case NodeStatusRecord status:
                string source = NodeSource(status.Site, status.Node);
                target.Begin(topic, source, status.Status, status.Arrival);
                Attributes(target, EventId.Create(source, StatusType, status.Arrival, ""), StatusType, status.Arrival);
                break;
            case DeadLetterRecord letter:
                target.Begin(topic, letter.Topic, letter.Payload, letter.Arrival);
                target.Add(ReasonName, letter.Reason);
                target.Add(MqttTopicName, target.KeyPart);
                target.Add(MqttPropertiesName, letter.Properties);
                break;
        }
    }

    /// <summary>The key is the source.</summary>
    private static void Attributes(KafkaRecord target, string id, string type, DateTimeOffset time)
    {
        target.Add(SpecVersionName, SpecVersion);
        target.Add(IdName, id);
        target.Add(SourceName, target.KeyPart);
        target.Add(TypeName, type);
        Time(target, TimeName, time);
        target.Add(ContentTypeName, Json);
    }

    private static void Time(KafkaRecord target, byte[] name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[EventTime.MaxLength];
        target.Add(name, text[..EventTime.Format(time, text)]);
    }
}
