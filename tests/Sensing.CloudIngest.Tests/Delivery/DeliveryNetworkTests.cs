using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of the network before the bridge, and of the bridge.</summary>
public class DeliveryNetworkTests(SharedKafka kafka) : DeliveryContract(kafka)
{
    [Fact]
    public Task Network_cut_frozen_and_slowed() => CheckAsync(new NetworkCut(4, 8), 2000);

    [Fact]
    public Task Links_between_network_namespaces_cut_and_slowed() => CheckAsync(new NetworksCut(4, bridgeGivesUp: false, 13), 2000);

    [Fact]
    public Task Bridge_killed() => CheckAsync(new BridgeKilled(5, 4), 1500);
}
