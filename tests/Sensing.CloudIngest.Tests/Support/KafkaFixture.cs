using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>One Kafka for all tests that do not break it; each takes topics of its own.</summary>
public abstract class KafkaFixture : IAsyncLifetime
{
    private KafkaBroker? _broker;

    /// <summary>The Kafka; a test that asks for one that is not there is skipped.</summary>
    public KafkaBroker Broker
    {
        get
        {
            Assert.SkipWhen(_broker is null, "No real Kafka: name one in SENSING_TEST_KAFKA (host:port). The mock cluster is tested instead.");
            return _broker!;
        }
    }

    public async ValueTask InitializeAsync() => _broker = await StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _broker is null ? ValueTask.CompletedTask : EndAsync(_broker);
    }

    /// <summary>One of the test's own, to be killed and run again.</summary>
    public abstract Task<KafkaBroker> StartOwnAsync(CancellationToken cancellation);

    /// <summary>Options with topics and a group that no other test has.</summary>
    public KafkaOptions Options() => Options(Broker);

    public static KafkaOptions Options(KafkaBroker broker)
    {
        string prefix = KafkaBroker.NewPrefix();
        TestContext.Current.TestOutputHelper?.WriteLine($"Against {broker.Kind}.");
        var options = new KafkaOptions
        {
            BootstrapServers = broker.Servers,
            GroupId = prefix + "sinks",
            Topics = new KafkaTopicOptions { Prefix = prefix, Create = broker.HasController, Partitions = 4 },
        };
        if (broker.Cluster is { } cluster)
        {
            // A sink joins no group before one of its topics is there.
            foreach (string topic in new KafkaTopicNames(options.Topics, Sample.Catalogue).All)
            {
                cluster.Create(topic, options.Topics.Partitions);
            }
        }

        return options;
    }

    /// <returns>Null where there is none.</returns>
    protected abstract Task<KafkaBroker?> StartAsync();

    /// <summary>After the last test.</summary>
    protected abstract ValueTask EndAsync(KafkaBroker broker);
}
