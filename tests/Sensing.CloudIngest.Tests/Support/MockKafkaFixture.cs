using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>The mock cluster inside librdkafka: always there.</summary>
public sealed class MockKafkaFixture : KafkaFixture
{
    public override Task<KafkaBroker> StartOwnAsync(CancellationToken cancellation) => Task.FromResult(KafkaBroker.Mock());

    protected override Task<KafkaBroker?> StartAsync() => Task.FromResult<KafkaBroker?>(KafkaBroker.Mock());

    protected override ValueTask EndAsync(KafkaBroker broker) => broker.DisposeAsync();
}
