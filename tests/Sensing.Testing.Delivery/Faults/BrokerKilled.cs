namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to cloud-ingest with its own broker: broker, bridge and store go at once.</summary>
/// <param name="kills">How often.</param>
/// <param name="seed">Of the instants.</param>
public sealed class BrokerKilled(int kills, int seed) : IDeliveryFault
{
    public string Name => "broker_killed";

    public string Summary => $"cloud-ingest with its own broker killed {kills} times";

    public DeliverySetup Setup { get; } = new() { Path = DeliveryPath.Embedded };

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, kills, seed, byStored: true,
        async () =>
        {
            await rig.Bridge.KillAsync(cancellation);
            await rig.StartBridgeAsync(cancellation);
        },
        cancellation);
}
