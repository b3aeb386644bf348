namespace Sensing.Testing.Delivery.Faults;

/// <summary>Mosquitto ended and started again under load.</summary>
/// <remarks>Ended with SIGTERM it writes down what it holds. Ended with SIGKILL it has acknowledged messages in memory alone, since it writes
/// its file from time to time: what the bridge had not taken yet is lost, and no other part can know.</remarks>
/// <param name="hard">True: SIGKILL.</param>
/// <param name="times">How often.</param>
/// <param name="seed">Of the instants.</param>
public sealed class MosquittoEnded(bool hard, int times, int seed) : IDeliveryFault
{
    public string Name => hard ? "mosquitto_killed" : "mosquitto_restarted";

    public string Summary => $"Mosquitto ended by {(hard ? "SIGKILL" : "SIGTERM")} and started again {times} times";

    public DeliverySetup Setup { get; } = new() { MosquittoSavesOften = hard };

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, times, seed, byStored: false,
        async () =>
        {
            await rig.EndMosquittoAsync(hard, cancellation);
            await rig.StartMosquittoAsync(cancellation);
        },
        cancellation);
}
