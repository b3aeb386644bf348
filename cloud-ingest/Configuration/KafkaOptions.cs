using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>The Kafka cluster between bridge and sink.</summary>
public sealed record KafkaOptions : ICheckedOptions
{
    [Option("Brokers to begin with, host:port, separated by commas; the cluster names the others.", Required = true,
        Pattern = @"[^\s:,]+:\d{1,5}(,[^\s:,]+:\d{1,5})*|\[[0-9a-fA-F:]+\]:\d{1,5}(,\[[0-9a-fA-F:]+\]:\d{1,5})*",
        PatternMeaning = "host:port, several separated by commas without spaces", Example = "\"kafka-1:9092,kafka-2:9092\"")]
    public string BootstrapServers { get; init; } = "";

    [Option("Encryption; plain TCP where it is absent. The own certificate is shown to brokers that ask for one.")]
    public ClientTlsOptions? Tls { get; init; }

    [Option("User and password. Without it the client shows its certificate, or logs in as settingsFile says.")]
    public KafkaSaslOptions? Sasl { get; init; }

    [Option("File of further librdkafka settings, name=value a line, for logins such as OAUTHBEARER and Kerberos (sasl.mechanism and what belongs to it). Read again when it changes.", Min = 1)]
    public string? SettingsFile { get; init; }

    [Option("Names, partitions and retention of the topics.")]
    public KafkaTopicOptions Topics { get; init; } = new();

    [Option("Consumer group of the sinks: those of one group share the partitions. All of them write to one store.", Min = 1, Max = 249)]
    public string GroupId { get; init; } = "cloud-ingest";

    [Option("Name of this sink in the group, different for each of them. With it a sink that comes back within sessionTimeoutSeconds has its partitions at once; without it they wait that long after a kill.", Min = 1, Max = 249)]
    public string? InstanceId { get; init; }

    [Option("Maximum concurrent produce requests per broker. With 1, whatever arrives meanwhile goes into the next request, so batches grow with the load. More pays off where a broker is far away.", Min = 1, Max = 5)]
    public int MaxRequests { get; init; } = 1;

    [Option("How long a batch waits for more records before it is sent, ms. Higher values give fewer, larger and later requests.", Min = 0, Max = 1000)]
    public double LingerMs { get; init; } = 5;

    [Option("Compression of batches.")]
    public KafkaCompression Compression { get; init; } = KafkaCompression.Lz4;

    [Option("After this long without hearing from a sink its partitions go to the others, s.", Min = 1, Max = 300)]
    public double SessionTimeoutSeconds { get; init; } = 10;

    [Option("Time that records may wait for Kafka's acknowledgement before the bridge reports that it is not ready, s. They keep waiting after that.", Min = 1, Max = 3600)]
    public double StallSeconds { get; init; } = 10;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Sasl is { Mechanism: KafkaSaslMechanism.Plain } && Tls is null
            && BootstrapServers.Split(',').Any(server => !CloudOptions.IsLoopback(server[..server.LastIndexOf(':')])))
        {
            yield return new ConfigurationProblem("tls", "is missing: the password would cross the network readable; name tls, or take sasl.mechanism scramSha512");
        }
    }
}
