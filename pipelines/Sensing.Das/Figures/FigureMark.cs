namespace Sensing.Das.Figures;

/// <summary>A place in a waterfall that a comparison speaks of.</summary>
/// <param name="Kind">What it is, for the legend: marks of one kind share colour and shape, in the order in which kinds first come.</param>
/// <param name="Seconds">On the figure's time axis.</param>
/// <param name="DistanceM">Distance, m.</param>
public sealed record FigureMark(string Kind, double Seconds, double DistanceM);
