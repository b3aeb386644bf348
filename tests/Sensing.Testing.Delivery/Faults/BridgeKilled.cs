namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to the bridge at random instants.</summary>
/// <param name="kills">How often.</param>
/// <param name="seed">Of the instants.</param>
public sealed class BridgeKilled(int kills, int seed) : IDeliveryFault
{
    public string Name => "bridge_killed";

    public string Summary => $"the bridge killed {kills} times";

    public DeliverySetup Setup { get; } = new();

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, kills, seed, byStored: false,
        async () =>
        {
            await rig.Bridge.KillAsync(cancellation);
            await rig.StartBridgeAsync(cancellation);
        },
        cancellation);
}
