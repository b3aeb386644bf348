namespace Sensing.CloudIngest.Store;

/// <summary>What new events change in one measure of a roll-up.</summary>
internal struct MeasureChange
{
    /// <summary>Events that carry the number.</summary>
    public long Measured;
    public double Sum;
    public double Min;
    public double Max;

    /// <param name="value">The number of one more event; not a number where the event does not carry it.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        Min = Measured == 0 ? value : Math.Min(Min, value);
        Max = Measured == 0 ? value : Math.Max(Max, value);
        Sum += value;
        Measured++;
    }
}
