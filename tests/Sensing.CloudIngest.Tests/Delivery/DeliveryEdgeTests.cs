using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing.Delivery.Faults;

namespace Sensing.CloudIngest.Tests.Delivery;

/// <summary>Faults of an edge node.</summary>
public class DeliveryEdgeTests(SharedKafka kafka) : DeliveryContract(kafka)
{
    [Fact]
    public async Task Edge_node_killed()
    {
        const int Kills = 5;
        Assert.Equal(Kills, (await CheckAsync(new EdgeKilled(Kills, 11), 3000)).Counts[EdgeKilled.MidWork]);
    }

    [Fact]
    public Task Disk_of_the_edge_node_full() => CheckAsync(new EdgeDiskFull(2), 6000);

    [Fact]
    public Task Clock_of_the_edge_node_stepped_back() => CheckAsync(new EdgeClockSteppedBack(1, 12), 2000);
}
