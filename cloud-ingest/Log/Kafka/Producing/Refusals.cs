using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Kafka's errors of a batch by what they mean (https://kafka.apache.org/protocol#protocol_error_codes).</summary>
internal static class Refusals
{
    public static Refusal Of(ErrorCode error) => error switch
    {
        ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.ReplicaNotAvailable
            or ErrorCode.KafkaStorageError or ErrorCode.FencedLeaderEpoch or ErrorCode.UnknownLeaderEpoch or ErrorCode.BrokerNotAvailable => Refusal.Moved,
        ErrorCode.RequestTimedOut or ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.NetworkException
            or ErrorCode.InvalidMsg or ErrorCode.ThrottlingQuotaExceeded => Refusal.Later,
        ErrorCode.OutOfOrderSequenceNumber or ErrorCode.UnknownProducerId or ErrorCode.InvalidProducerEpoch or ErrorCode.InvalidProducerIdMapping
            or ErrorCode.ProducerFenced => Refusal.Forgotten,
        _ => Refusal.Refused,
    };
}
