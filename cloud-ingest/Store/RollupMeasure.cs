namespace Sensing.CloudIngest.Store;

/// <summary>A number of the events in one interval.</summary>
/// <param name="Name">Its property in the payload, which names its unit.</param>
/// <param name="Count">Events that carry it.</param>
/// <param name="Sum">Its sum.</param>
/// <param name="Min">Its smallest value.</param>
/// <param name="Max">Its largest value.</param>
public sealed record RollupMeasure(string Name, long Count, double Sum, double Min, double Max)
{
    public double Mean => Sum / Count;

    /// <summary>False of what a store of an earlier version may still hold; JSON has no such numbers.</summary>
    internal bool IsFinite => double.IsFinite(Sum) && double.IsFinite(Min) && double.IsFinite(Max);
}
