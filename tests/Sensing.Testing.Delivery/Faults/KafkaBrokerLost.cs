namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to one Kafka broker of three under load; it stays away until half of the events are stored.</summary>
public sealed class KafkaBrokerLost : IDeliveryFault
{
    public string Name => "kafka_one_of_three_killed";

    public string Summary => "one Kafka broker of three killed, back when half of the events are stored";

    public DeliverySetup Setup { get; } = new() { Path = DeliveryPath.OwnKafka, KafkaBrokers = 3 };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        rig.Gate.Open(0.5);
        await rig.StoredAsync(rig.Events / 8, cancellation);
        await rig.Kafka.KillAsync(cancellation, number: 2);
        rig.Gate.Open(0.75);
        await rig.StoredAsync(rig.Events / 2, cancellation);
        await rig.Kafka.RunAgainAsync(cancellation, number: 2);
    }
}
