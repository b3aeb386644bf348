namespace Sensing.CloudIngest.Store;

/// <summary>What the new events of one transaction change in one roll-up.</summary>
internal struct RollupChange
{
    public long Count;
    public long Measured;
    public double Sum;
    public double Min;
    public double Max;

    /// <summary>Newest arrival among them, ticks of 100 ns.</summary>
    public long Arrival;
}
