namespace Sensing.Testing.Delivery.Faults;

/// <summary>Edge node, Mosquitto and bridge in networks of their own; the links between them are narrow, of another width after each cut, lose
/// what does not fit, and are pulled at random instants: for a moment, which the connections outlast, or until an end has given its
/// connection up.</summary>
/// <param name="cuts">How often.</param>
/// <param name="bridgeGivesUp">Whether the last cut lasts until the bridge has given up, which is its keep-alive: half a minute.</param>
/// <param name="seed">Of the instants.</param>
public sealed class NetworksCut(int cuts, bool bridgeGivesUp, int seed) : IDeliveryFault
{
    private static readonly string[] Rates = ["1mbit", "2mbit", "8mbit"];
    private static readonly TimeSpan LongestMoment = TimeSpan.FromSeconds(0.5);

    public string Name => "network_namespaces";

    public string Summary => $"links between three network namespaces narrow, and pulled {cuts} times, each third time until the edge node gives up"
        + (bridgeGivesUp ? ", the last time until the bridge does" : "");

    public DeliverySetup Setup { get; } = new() { Edge = new EdgeSetup { AckTimeoutSeconds = 1 }, Networks = true };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        var random = new Random(seed);
        NetworkLink[] both = [rig.Networks.EdgeLink, rig.Networks.BridgeLink];
        int cut = 0;
        rig.Counts["given_up_by_edge"] = 0;
        await SlowAsync();
        await RandomKills.RunAsync(
            rig, cuts, seed, byStored: true,
            async () =>
            {
                cut++;
                bool edge = cut % 3 == 2;
                bool bridge = bridgeGivesUp && cut == cuts;
                NetworkLink[] pulled = bridge ? [both[1]] : edge ? [both[0]] : cut % 3 == 0 ? both : [both[random.Next(2)]];
                await Task.WhenAll(pulled.Select(link => link.CutAsync(cancellation)));
                if (bridge)
                {
                    await rig.Bridge.SaidAsync("No connection to the MQTT broker", cancellation);
                    rig.Counts["given_up_by_bridge"] = 1;
                }
                else if (edge)
                {
                    rig.Edge.PassLines();

                    // Events must be in flight for it to miss an answer.
                    rig.Gate.Open(Math.Min(1, (cut + 1.0) / (cuts + 1)));
                    await rig.Edge.SaidAsync("No acknowledgement for|The connection is lost|Not connected to", cancellation);
                    rig.Counts["given_up_by_edge"]++;
                }
                else
                {
                    await Task.Delay(random.NextDouble() * LongestMoment, TimeProvider.System, cancellation);
                }

                await Task.WhenAll(pulled.Select(link => link.RestoreAsync(cancellation)));
                await SlowAsync();
            },
            cancellation);

        Task SlowAsync() => Task.WhenAll(both.Select(link => link.SlowAsync(Rates[random.Next(Rates.Length)], cancellation)));
    }
}
