using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A real Kafka, where there is one.</summary>
public sealed class RealKafkaFixture : KafkaFixture
{
    public override Task<KafkaBroker> StartOwnAsync(CancellationToken cancellation) => KafkaBroker.StartAsync(cancellation);

    protected override async Task<KafkaBroker?> StartAsync(CancellationToken cancellation) =>
        KafkaBroker.Named ?? (KafkaBroker.CanStart ? await KafkaBroker.StartAsync(cancellation) : null);
}
