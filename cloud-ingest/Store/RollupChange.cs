namespace Sensing.CloudIngest.Store;

/// <summary>What the new events of one transaction change in one roll-up.</summary>
internal struct RollupChange
{
    public long Count;

    /// <summary>Newest arrival among them, ticks of 100 ns.</summary>
    public long Arrival;

    /// <summary>The measure that lies in the roll-up's own row.</summary>
    public MeasureChange First;

    /// <summary>The further ones, in the order of <see cref="SeriesMeasures.All"/>; null where the series has none.</summary>
    public MeasureChange[]? Further;
}
