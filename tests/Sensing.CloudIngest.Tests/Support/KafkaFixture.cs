using Sensing.CloudIngest.Configuration;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>One Kafka for all tests that do not break it; each takes topics of its own.</summary>
public sealed class KafkaFixture : IAsyncLifetime
{
    private KafkaBroker? _broker;

    public KafkaBroker Broker => _broker!;

    public async ValueTask InitializeAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        _broker = await KafkaBroker.AnyAsync(bound.Token);
    }

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Options with topics and a group that no other test has.</summary>
    public KafkaOptions Options() => Options(Broker);

    public static KafkaOptions Options(KafkaBroker broker)
    {
        string prefix = KafkaBroker.NewPrefix();
        TestContext.Current.TestOutputHelper?.WriteLine($"Against {broker.Kind}.");
        return new KafkaOptions
        {
            BootstrapServers = broker.Servers,
            GroupId = prefix + "sinks",
            Topics = new KafkaTopicOptions { Prefix = prefix, Create = broker.HasController, Partitions = 4 },
        };
    }
}
