namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>The way to one broker: the partitions that it leads, and the call that wakes whoever sends to it.</summary>
internal sealed class BrokerLane(int id)
{
    public int Id { get; } = id;

    public WakeUp WakeUp { get; } = new();

    /// <summary>Guarded by the producer's lock, as what follows.</summary>
    public BrokerAddress Address { get; set; }

    public List<PartitionQueue> Queues { get; } = [];

    /// <summary>Where the next look begins, so that no partition waits for the others for ever.</summary>
    public int Turn { get; set; }
}
