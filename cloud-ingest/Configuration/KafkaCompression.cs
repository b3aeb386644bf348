namespace Sensing.CloudIngest.Configuration;

/// <summary>How the bridge compresses what it sends to Kafka.</summary>
public enum KafkaCompression
{
    None,
    Lz4,
    Zstd,
    Snappy,
    Gzip,
}
