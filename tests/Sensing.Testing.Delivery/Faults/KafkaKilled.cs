namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to a Kafka broker under load, and the same broker again on the data it has.</summary>
/// <param name="kills">How often.</param>
/// <param name="seed">Of the instants.</param>
public sealed class KafkaKilled(int kills, int seed) : IDeliveryFault
{
    public string Name => "kafka_killed";

    public string Summary => $"the only Kafka broker killed and run again {kills} times";

    public DeliverySetup Setup { get; } = new() { Path = DeliveryPath.OwnKafka };

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, kills, seed, byStored: false,
        async () =>
        {
            await rig.Kafka.KillAsync(cancellation);
            await rig.Kafka.RunAgainAsync(cancellation);
        },
        cancellation);
}
