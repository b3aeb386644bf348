using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Settings of the native clients: one way to connect for bridge, sink and the creation of topics. Files
/// (authorities, certificate,
/// password, further settings) are read when a client is created, and <see cref="KafkaFiles"/> reports when that is due
/// again.</summary>
internal static class KafkaClientSettings
{
    /// <summary>Room in one request for keys, headers and framing beside the largest payload, bytes.</summary>
    public const int Overhead = 64 * 1024;

    public static ProducerConfig Producer(KafkaOptions options, LimitOptions limits) => Connection(new ProducerConfig
    {
        Acks = Acks.All,
        EnableIdempotence = true,

        // A batch that is refused ends the producer before it sends the next one of that partition, so that nothing
        // overtakes it.
        EnableGaplessGuarantee = true,

        // Without end: a record waits for Kafka as long as it takes, and nothing is acknowledged meanwhile. What bounds
        // memory is the log.
        MessageTimeoutMs = 0,
        QueueBufferingMaxMessages = 0,
        QueueBufferingMaxKbytes = int.MaxValue,
        MessageMaxBytes = limits.MaxPacketBytes + Overhead,
        LingerMs = options.LingerMs,
        MaxInFlight = options.MaxRequests,
        CompressionType = options.Compression switch
        {
            KafkaCompression.None => CompressionType.None,
            KafkaCompression.Lz4 => CompressionType.Lz4,
            KafkaCompression.Zstd => CompressionType.Zstd,
            KafkaCompression.Snappy => CompressionType.Snappy,
            _ => CompressionType.Gzip,
        },

        // As Kafka's own clients do it, so that other producers of the same key write to the same partition.
        Partitioner = Partitioner.Murmur2Random,
        DeliveryReportFields = "none",
        AllowAutoCreateTopics = !options.Topics.Create,
        TopicMetadataPropagationMaxMs = 10_000,
    }, options);

    public static ConsumerConfig Consumer(KafkaOptions options, LimitOptions limits) => Connection(new ConsumerConfig
    {
        GroupId = options.GroupId,
        GroupInstanceId = options.InstanceId,
        SessionTimeoutMs = (int)(options.SessionTimeoutSeconds * 1000),
        HeartbeatIntervalMs = Math.Max(300, (int)(options.SessionTimeoutSeconds * 1000 / 4)),

        // Reading begins where the store says. Kafka's own offsets follow behind, for those who look at lag with
        // Kafka's tools.
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,

        // An offset that Kafka does not have is for the sink to report and to decide.
        AutoOffsetReset = AutoOffsetReset.Error,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        QueuedMaxMessagesKbytes = (int)Math.Clamp(limits.MaxInFlightBytes / 1024, 1, 2_097_151),
        FetchQueueBackoffMs = 100,
        FetchWaitMaxMs = 100,
        AllowAutoCreateTopics = !options.Topics.Create,
        TopicMetadataRefreshIntervalMs = 30_000,
    }, options);

    public static AdminClientConfig Admin(KafkaOptions options) =>
        Connection(new AdminClientConfig { AllowAutoCreateTopics = !options.Topics.Create }, options);

    private static T Connection<T>(T settings, KafkaOptions options)
        where T : ClientConfig
    {
        KafkaSetting[] more = options.SettingsFile is { } file ? KafkaSettingsFile.Read(file) : [];
        bool hasMechanism = more.Any(setting => setting.Name is "sasl.mechanism" or "sasl.mechanisms");
        if (hasMechanism && options.Sasl is not null)
        {
            throw new InvalidDataException(
                $"{options.SettingsFile} sets sasl.mechanism, and so does kafka.sasl: remove one of them.");
        }

        bool isSasl = options.Sasl is not null || hasMechanism;
        settings.BootstrapServers = options.BootstrapServers;
        settings.ClientId = "cloud-ingest";
        settings.ReconnectBackoffMaxMs = 2000;
        settings.SocketKeepaliveEnable = true;
        settings.SocketConnectionSetupTimeoutMs = 10_000;
        settings.SecurityProtocol = (options.Tls is not null, isSasl) switch
        {
            (false, false) => SecurityProtocol.Plaintext,
            (false, true) => SecurityProtocol.SaslPlaintext,
            (true, false) => SecurityProtocol.Ssl,
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

        foreach (KafkaSetting setting in more)
        {
            settings.Set(setting.Name, setting.Value);
        }

        return settings;
    }
}
