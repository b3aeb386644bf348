using System.Text;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Store;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Makes of a Kafka record what it is. Others may write to the topics too: what is no event becomes a dead letter that says where it lies.</summary>
internal sealed partial class KafkaRecordReader(KafkaTopicNames topics, TimeProvider time)
{
    private const int MaxKeptText = 16 * 1024;

    private static readonly string StatusType = NodeEvents.Status.Name.ToString();

    public LogRecord Read(ConsumeResult<byte[], byte[]> record)
    {
        byte[] value = record.Message.Value ?? [];
        Headers headers = record.Message.Headers ?? [];
        DateTimeOffset arrival = record.Message.Timestamp.Type == TimestampType.NotAvailable
            ? time.GetUtcNow()
            : new DateTimeOffset(record.Message.Timestamp.UtcDateTime, TimeSpan.Zero);
        if (record.Topic == topics.DeadLetter)
        {
            return Header(headers, KafkaRecordWriter.Reason) is { } reason
                ? new DeadLetterRecord(
                    Header(headers, KafkaRecordWriter.MqttTopic) ?? "", Header(headers, KafkaRecordWriter.MqttProperties) ?? "{}", value, reason, arrival)
                : Foreign(record, headers, value, DeadLetterKind.Other, $"there is no header {KafkaRecordWriter.Reason}: not written by a bridge", arrival);
        }

        if (record.Topic == topics.Node && Header(headers, KafkaRecordWriter.Attribute, "type") == StatusType
            && NodeForm().Match(Header(headers, KafkaRecordWriter.Attribute, "source") ?? "") is { Success: true } node)
        {
            return value.Length == 0 || EventReader.Fits(NodeEvents.Status, value, out string? misfit)
                ? new NodeStatusRecord(node.Groups[1].Value, node.Groups[2].Value, value, arrival)
                : Foreign(record, headers, value, DeadLetterKind.Status, $"the node status is not one: {misfit}", arrival);
        }

        return EventReader.TryRead(
            name => Header(headers, KafkaRecordWriter.Attribute, name), Header(headers, KafkaRecordWriter.ContentType), value,
            out SensorEvent? sensorEvent, out DateTimeOffset? committed, out DeadLetterKind kind, out string? problem)
            ? new EventRecord(sensorEvent, committed, arrival)
            : Foreign(record, headers, value, kind, problem, arrival);
    }

    private static DeadLetterRecord Foreign(ConsumeResult<byte[], byte[]> record, Headers headers, byte[] value, DeadLetterKind kind, string reason, DateTimeOffset arrival)
    {
        string properties = DeadLetterProperties.Of(headers.Select(header => KeyValuePair.Create(header.Key, Text(header))).DistinctBy(pair => pair.Key));
        return new DeadLetterRecord(
            $"kafka:{record.Topic}/{record.Partition.Value}@{record.Offset.Value}", properties.Length <= MaxKeptText ? properties : "{}", value,
            reason.Length <= MaxKeptText ? reason : reason[..MaxKeptText], arrival)
        { Kind = kind };
    }

    private static string? Header(Headers headers, string key) => Header(headers, "", key);

    /// <summary>The first header whose name is <paramref name="prefix"/> and <paramref name="name"/>; without an object for the search, since every event asks for seven.</summary>
    private static string? Header(Headers headers, string prefix, string name)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            IHeader header = headers[i];
            if (header.Key.Length == prefix.Length + name.Length
                && header.Key.EndsWith(name, StringComparison.Ordinal) && header.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Text(header);
            }
        }

        return null;
    }

    private static string Text(IHeader header) => header.GetValueBytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    [GeneratedRegex(@"^/sites/([a-z0-9][a-z0-9-]{0,63})/nodes/([a-z0-9][a-z0-9-]{0,63})\z", RegexOptions.CultureInvariant)]
    private static partial Regex NodeForm();
}
