namespace Sensing.Plots;

/// <summary>A named run of values.</summary>
/// <param name="Name">As the legend shows it.</param>
/// <param name="Values">Values; in a bar chart one a category, in others one a place.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Places on the horizontal axis, as many as values (lines and points only).</summary>
    public IReadOnlyList<double> Places { get; init; } = [];

    /// <summary>Half lengths of the error bars, as many as values; empty for none.</summary>
    public IReadOnlyList<double> Errors { get; init; } = [];
}
