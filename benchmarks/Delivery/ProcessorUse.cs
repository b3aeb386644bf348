using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>Processor time of the parts between publisher and store, µs; unlike a rate it hardly depends on what else the machine does.</summary>
/// <param name="Bridge">MQTT to Kafka.</param>
/// <param name="Mosquitto">The broker.</param>
/// <param name="Kafka">All its nodes.</param>
/// <param name="Sink">Kafka to the store, and the store; 0 where there is none.</param>
/// <param name="Publisher">This process.</param>
public readonly record struct ProcessorUse(double Bridge, double Mosquitto, double Kafka, double Sink, double Publisher)
{
    /// <summary>All of them.</summary>
    public double Sum => Bridge + Mosquitto + Kafka + Sink + Publisher;

    /// <summary>Since they were started.</summary>
    public static ProcessorUse Of(SpeedRig rig, KafkaBroker kafka) => new(
        rig.Bridge.ProcessorTime.TotalMicroseconds, rig.Mosquitto.ProcessorTime.TotalMicroseconds, kafka.ProcessorTime().TotalMicroseconds,
        rig.Sink?.ProcessorTime.TotalMicroseconds ?? 0, Environment.CpuUsage.TotalTime.TotalMicroseconds);

    /// <summary>An event of <paramref name="events"/>.</summary>
    public ProcessorUse Since(ProcessorUse before, int events) => new(
        (Bridge - before.Bridge) / events, (Mosquitto - before.Mosquitto) / events, (Kafka - before.Kafka) / events, (Sink - before.Sink) / events,
        (Publisher - before.Publisher) / events);
}
