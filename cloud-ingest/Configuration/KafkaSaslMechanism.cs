namespace Sensing.CloudIngest.Configuration;

/// <summary>How the client proves user and password to Kafka; other mechanisms come from
/// <see cref="KafkaOptions.SettingsFile"/>.</summary>
public enum KafkaSaslMechanism
{
    Plain,
    ScramSha256,
    ScramSha512,
}
