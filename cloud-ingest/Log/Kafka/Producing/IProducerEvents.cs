using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What a producer tells, from any of its threads.</summary>
internal interface IProducerEvents
{
    /// <summary>The brokers have these records; their task completes next.</summary>
    void Delivered(RecordBatch batch);

    /// <summary>Something that passes keeps records waiting: a leader that moves, a replica that is late, a broker that is away.</summary>
    void Delayed(string reason);

    /// <summary>A broker does not take what was sent to a topic; it is tried again, but somebody may have to change something.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="error">Kafka's number of it.</param>
    /// <param name="message">The broker's own words, or the number's.</param>
    void Refused(string topic, ErrorCode error, string message);

    /// <summary>What to send instead of a record that is too large for its topic; null: nothing.</summary>
    LogRecord? Instead(LogRecord record, string topic, string message);

    /// <summary>The cluster has answered.</summary>
    void Reached();

    /// <summary>No broker answers.</summary>
    void Unreachable(string reason);
}
