namespace Sensing.Testing.Delivery.Faults;

/// <summary>The edge node's disk full under load while the broker is away. By turns what the node keeps fills it, and the broker comes back and
/// makes room by taking that; and something else fills it to the last byte, and somebody makes room.</summary>
/// <param name="times">How often.</param>
public sealed class EdgeDiskFull(int times) : IDeliveryFault
{
    /// <summary>What is left to the node where it is to fill the disk itself.</summary>
    private const int Left = 4_000_000;

    /// <summary>Events for each time that the disk becomes full: with their padding 18 MB, more than all of the disk beside the node's reserve. Fewer
    /// find room in pages that the node's database has emptied before, and the disk is not full.</summary>
    public const int EventsEach = 3000;

    public string Name => "edge_disk_full";

    public string Summary => $"the edge node's disk full {times} times, room made by the broker and by somebody in turn";

    public DeliverySetup Setup { get; } = new() { Edge = new EdgeSetup { Padding = 6000, DiskMegabytes = 24 }, LeastEvents = times * EventsEach };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        for (int number = 0; number < times; number++)
        {
            // It works before each fault, so that the disk becomes full under what it does.
            rig.Gate.Open((number + 0.1) / times);
            await rig.StoredAsync((long)(rig.Events * (number + 0.05) / times), cancellation);
            await rig.EndMosquittoAsync(hard: false, cancellation);
            rig.Edge.PassLines();
            bool byBroker = number % 2 == 0;
            rig.Edge.FillDisk(byBroker ? Left : 0);
            rig.Gate.Open((number + 1.0) / times);
            await rig.Edge.SaidAsync("The outbox cannot commit", cancellation);
            if (byBroker)
            {
                await rig.StartMosquittoAsync(cancellation);
                await rig.Edge.SaidAsync("The outbox commits again", cancellation);
                rig.Edge.FreeDisk();
            }
            else
            {
                rig.Edge.FreeDisk();
                await rig.Edge.SaidAsync("The outbox commits again", cancellation);
                await rig.StartMosquittoAsync(cancellation);
            }
        }
    }
}
