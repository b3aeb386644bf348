using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Processor time of the parts between MQTT and Kafka, µs; unlike a rate it hardly depends on what else the machine does.</summary>
public readonly record struct ProcessorUse(double Bridge, double Mosquitto, double Kafka)
{
    /// <summary>Since they were started.</summary>
    public static ProcessorUse Of(SpeedRig rig, KafkaBroker kafka) => new(
        rig.Bridge.ProcessorTime.TotalMicroseconds, rig.Mosquitto.ProcessorTime.TotalMicroseconds, kafka.ProcessorTime().TotalMicroseconds);

    /// <summary>An event of <paramref name="events"/>.</summary>
    public ProcessorUse Since(ProcessorUse before, int events) =>
        new((Bridge - before.Bridge) / events, (Mosquitto - before.Mosquitto) / events, (Kafka - before.Kafka) / events);
}
