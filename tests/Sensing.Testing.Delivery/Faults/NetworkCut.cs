namespace Sensing.Testing.Delivery.Faults;

/// <summary>The connection between Mosquitto and the bridge cut in mid-packet, stopped dead, refused and slowed.</summary>
/// <param name="cuts">How often.</param>
/// <param name="seed">Of the instants and the pieces.</param>
public sealed class NetworkCut(int cuts, int seed) : IDeliveryFault
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(2);

    public string Name => "network_cut_and_slowed";

    public string Summary => $"the bridge's connection slowed, and cut {cuts} times, each third time after it has stood still";

    public DeliverySetup Setup { get; } = new() { BridgeThroughNetwork = true };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        // Every piece waits, so that acknowledgements are on their way when the cable goes.
        rig.Network.Intercept = async (_, data, ended) =>
        {
            await Task.Delay(Delay, TimeProvider.System, ended);
            return data;
        };
        int cut = 0;
        await RandomKills.RunAsync(
            rig, cuts, seed, byStored: false,
            async () =>
            {
                int before = rig.Network.Accepted;
                if (cut++ % 3 == 2)
                {
                    rig.Network.Freeze();
                }

                rig.Network.Refuses = true;
                rig.Network.Cut();
                while (rig.Network.Accepted == before)
                {
                    // A try that is refused; the proxy has no signal for it. One that it took in the moment of the cut goes as well.
                    await Task.Delay(Delay, TimeProvider.System, cancellation);
                    rig.Network.Cut();
                }

                rig.Network.Refuses = false;
                rig.Network.Thaw();
            },
            cancellation);
        rig.Network.Intercept = null;
    }
}
