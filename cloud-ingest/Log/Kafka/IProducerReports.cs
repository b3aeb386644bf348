using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>What a producer reports, always from its own thread.</summary>
internal interface IProducerReports
{
    /// <summary>Kafka has these records. The list is valid during the call only.</summary>
    void Delivered(BridgeProducer producer, IReadOnlyList<PendingRecord> records);

    /// <summary>Kafka has refused this record for good; the producer has dropped it.</summary>
    void Refused(BridgeProducer producer, PendingRecord record, Error error);

    /// <summary>The connection or the producer as a whole has failed.</summary>
    void Failed(BridgeProducer producer, Error error);

    /// <summary>librdkafka's own log.</summary>
    void Logged(string message);
}
