namespace Sensing.CloudIngest.Store;

/// <summary>What the new events of one transaction change in the summary of their series. Times are ticks of 100 ns.</summary>
internal struct SeriesChange
{
    public long Count;
    public long Arrival;

    /// <summary>Of the latest among them: its time, or its arrival where the time is ahead of it.</summary>
    public long Rank;
    public long Time;
    public long Sequence;
}
