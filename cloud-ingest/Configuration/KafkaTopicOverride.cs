using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>What differs for one topic.</summary>
public sealed record KafkaTopicOverride
{
    [Option("The topic, without the prefix: the name of an event family, 'other' for events of families that this program does not know, or 'deadletter'.", Required = true)]
    public string Topic { get; init; } = "";

    [Option("Partitions; absent: as the others.", Min = 1, Max = 10_000)]
    public int? Partitions { get; init; }

    [Option("Copies of each partition; absent: as the others.", Min = 0, Max = 100)]
    public int? Replication { get; init; }

    [Option("How long Kafka keeps records, hours; absent: as the others.", Min = 0)]
    public double? RetentionHours { get; init; }
}
