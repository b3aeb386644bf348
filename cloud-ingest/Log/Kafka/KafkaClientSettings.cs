using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Settings of the native clients. Files (authorities, certificate, password) are read when a client is made, and <see cref="KafkaFiles"/> tells when that is due again.</summary>
internal static class KafkaClientSettings
{
    /// <summary>Room in one request for keys, headers and framing beside the largest payload, bytes.</summary>
    public const int Overhead = 64 * 1024;

    public static ConsumerConfig Consumer(KafkaOptions options, LimitOptions limits) => Connection(new ConsumerConfig
    {
        GroupId = options.GroupId,
        GroupInstanceId = options.InstanceId,
        SessionTimeoutMs = (int)(options.SessionTimeoutSeconds * 1000),
        HeartbeatIntervalMs = Math.Max(300, (int)(options.SessionTimeoutSeconds * 1000 / 4)),

        // Reading begins where the store says. Kafka's own offsets follow behind, for those who look at lag with Kafka's tools.
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,

        // An offset that Kafka does not have is for the sink to tell and to decide.
        AutoOffsetReset = AutoOffsetReset.Error,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        QueuedMaxMessagesKbytes = (int)Math.Clamp(limits.MaxInFlightBytes / 1024, 1, 2_097_151),
        FetchQueueBackoffMs = 100,
        FetchWaitMaxMs = 100,
        AllowAutoCreateTopics = !options.Topics.Create,
        TopicMetadataRefreshIntervalMs = 30_000,
    }, options);

    public static AdminClientConfig Admin(KafkaOptions options) => Connection(new AdminClientConfig(), options);

    private static T Connection<T>(T settings, KafkaOptions options)
        where T : ClientConfig
    {
        settings.BootstrapServers = options.BootstrapServers;
        settings.ClientId = "cloud-ingest";
        settings.ReconnectBackoffMaxMs = 2000;
        settings.SocketKeepaliveEnable = true;
        settings.SocketConnectionSetupTimeoutMs = 10_000;
        settings.SecurityProtocol = (options.Tls, options.Sasl) switch
        {
            (null, null) => SecurityProtocol.Plaintext,
            (null, _) => SecurityProtocol.SaslPlaintext,
            (_, null) => SecurityProtocol.Ssl,
            _ => SecurityProtocol.SaslSsl,
        };
        if (options.Tls is { } tls)
        {
            settings.SslCaLocation = tls.CaFile;
            settings.SslCertificateLocation = tls.CertificateFile;
            settings.SslKeyLocation = tls.KeyFile;
        }

        if (options.Sasl is { } sasl)
        {
            settings.SaslMechanism = sasl.Mechanism switch
            {
                KafkaSaslMechanism.Plain => SaslMechanism.Plain,
                KafkaSaslMechanism.ScramSha256 => SaslMechanism.ScramSha256,
                _ => SaslMechanism.ScramSha512,
            };
            settings.SaslUsername = sasl.User;
            settings.SaslPassword = sasl.ReadPassword();
        }

        return settings;
    }
}
