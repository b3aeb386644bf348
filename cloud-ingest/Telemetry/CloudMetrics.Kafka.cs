using System.Diagnostics.Metrics;

namespace Sensing.CloudIngest.Telemetry;

/// <summary>The instruments of Kafka's part of the way.</summary>
public sealed partial class CloudMetrics
{
    /// <summary>Shows what the bridge has under way to Kafka.</summary>
    internal void ObserveKafkaLog(Func<long> bytes, Func<long> delivered, Func<IReadOnlyDictionary<string, long>> failures)
    {
        _meter.CreateObservableUpDownCounter("sensing.kafka.in_flight", bytes, "By", "Bytes of records that wait for Kafka's acknowledgement.");
        Total("sensing.kafka.delivered", "{record}", "Records that Kafka has acknowledged.", delivered);
        _meter.CreateObservableCounter(
            "sensing.kafka.delivery.failures",
            () => failures().Select(failure => new Measurement<long>(failure.Value, KeyValuePair.Create<string, object?>("reason", failure.Key))),
            "{record}", "Records that Kafka has refused, by its name of the error; each is retried or becomes a dead letter.");
    }

    /// <summary>Shows how far the sink is behind.</summary>
    internal void ObserveSink(Func<long> lag, Func<long> conflicts, Func<long> skipped)
    {
        _meter.CreateObservableUpDownCounter("sensing.sink.lag", lag, "{record}", "Records in this sink's partitions that are not stored yet.");
        Total("sensing.sink.conflicts", "{append}", "Appends that wrote nothing, since another sink had written.", conflicts);
        Total("sensing.sink.skipped", "{record}", "Records that Kafka had removed before they were stored: lost.", skipped);
    }
}
