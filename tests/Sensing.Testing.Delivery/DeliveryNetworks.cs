namespace Sensing.Testing.Delivery;

/// <summary>The edge node, Mosquitto and the bridge in three networks: edge — Mosquitto — bridge, and no other way.</summary>
/// <remarks>Kafka, the sink and the query API stay on the machine's loopback; the bridge reaches Kafka through ports of its own loopback that this
/// process forwards. The machine's own network gets no interface and no address.</remarks>
public sealed class DeliveryNetworks : IAsyncDisposable
{
    private readonly List<NetworkNamespace> _networks = [];
    private readonly List<FaultProxy> _forwards = [];

    private DeliveryNetworks()
    {
    }

    public NetworkNamespace Edge => _networks[0];

    public NetworkNamespace Broker => _networks[1];

    public NetworkNamespace Bridge => _networks[2];

    /// <summary>Between the edge node and Mosquitto, whose address is the far one.</summary>
    public NetworkLink EdgeLink { get; private set; } = null!;

    /// <summary>Between the bridge and Mosquitto, whose address is the far one.</summary>
    public NetworkLink BridgeLink { get; private set; } = null!;

    public static async Task<DeliveryNetworks> StartAsync(CancellationToken cancellation)
    {
        var networks = new DeliveryNetworks();
        try
        {
            for (int i = 0; i < 3; i++)
            {
                networks._networks.Add(await NetworkNamespace.StartAsync(cancellation));
            }

            networks.EdgeLink = await NetworkLink.ConnectAsync(networks.Edge, networks.Broker, 1, cancellation);
            networks.BridgeLink = await NetworkLink.ConnectAsync(networks.Bridge, networks.Broker, 2, cancellation);
            return networks;
        }
        catch
        {
            await networks.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the bridge reach servers of the machine's loopback at the same ports of its own.</summary>
    /// <param name="servers">Addresses with ports, by commas.</param>
    public void ForwardToBridge(string servers)
    {
        foreach (string server in servers.Split(','))
        {
            int port = int.Parse(server.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
            _forwards.Add(new FaultProxy(port, Bridge.Listen(port)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in _forwards.Concat<IAsyncDisposable>(_networks))
        {
            await part.DisposeAsync();
        }
    }
}
