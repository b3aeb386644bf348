using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A real Kafka, where there is one.</summary>
public sealed class RealKafkaFixture(SharedKafka shared) : KafkaFixture
{
    public override Task<KafkaBroker> StartOwnAsync(CancellationToken cancellation) => KafkaBroker.StartAsync(cancellation);

    protected override async Task<KafkaBroker?> StartAsync() =>
        SharedKafka.IsReal ? await shared.GetAsync(CancellationToken.None) : null;

    protected override ValueTask EndAsync(KafkaBroker broker) => ValueTask.CompletedTask;
}
