using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>A Kafka for a measure that writes gigabytes.</summary>
public static class ShortLivedKafka
{
    /// <summary>Starts a broker that keeps no more than half a gigabyte of them; where none can be started, whichever there is.</summary>
    public static Task<KafkaBroker> StartAsync(CancellationToken cancellation) => KafkaBroker.CanStart
        ? KafkaBroker.StartAsync(cancellation, 1, null, "log.segment.bytes=33554432", "log.retention.bytes=134217728", "log.retention.check.interval.ms=5000")
        : KafkaBroker.AnyAsync(cancellation);
}
