namespace Sensing.CloudIngest.Configuration;

/// <summary>How user and password are shown to Kafka.</summary>
public enum KafkaSaslMechanism
{
    Plain,
    ScramSha256,
    ScramSha512,
}
