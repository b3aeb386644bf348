using Microsoft.Extensions.Logging;

namespace Sensing.CloudIngest.Log.Kafka;

public sealed partial class KafkaSink
{
    [LoggerMessage(4341, LogLevel.Warning, "{Conflict} Nothing was written; joining the group {Group} again.")]
    private partial void Fenced(string conflict, string group);

    [LoggerMessage(4342, LogLevel.Error, "The sink's Kafka client failed ({Reason}) and is replaced.")]
    private partial void Ended(string reason);

    [LoggerMessage(4343, LogLevel.Warning, "Kafka does not give records: {Reason}")]
    private partial void Refused(string reason);

    [LoggerMessage(4344, LogLevel.Error, "The store is at offset {From} of {Partition}, and Kafka has {Low} to {High}: {Lost} records were removed before they were stored. Resuming at {Low}. Keep records longer (kafka.topics.retentionHours) than a sink is away.")]
    private partial void Gone(string partition, long from, long low, long high, long lost);

    [LoggerMessage(4345, LogLevel.Error, "The store does not {What}; Kafka keeps what comes. Retrying.")]
    private partial void Failing(Exception error, string what);

    [LoggerMessage(4346, LogLevel.Warning, "The store answers again.")]
    private partial void Recovered();

    [LoggerMessage(4347, LogLevel.Debug, "librdkafka: {Message}")]
    private partial void Native(string message);

    [LoggerMessage(4348, LogLevel.Information, "Certificates, password or settings for Kafka have changed: replacing the sink's client.")]
    private partial void Renewed();
}
