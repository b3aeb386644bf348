namespace Sensing.CloudIngest.Store;

/// <summary>A number of the events in one interval.</summary>
/// <param name="Name">Its name in the payload, with its unit: <c>speedKmh</c>.</param>
/// <param name="Count">Events that carry it.</param>
/// <param name="Sum">Its sum.</param>
/// <param name="Min">Its least value.</param>
/// <param name="Max">Its largest value.</param>
public sealed record RollupMeasure(string Name, long Count, double Sum, double Min, double Max)
{
    public double Mean => Sum / Count;
}
