using Sensing.Das.Events;

namespace Sensing.Das.Figures;

/// <summary>A vehicle's way in a waterfall.</summary>
/// <param name="Direction">Solid towards larger distance, dashed towards smaller.</param>
/// <param name="Class">Chooses the colour.</param>
/// <param name="Points">Seconds on the figure's time axis and distance, m, in order of time; two or more.</param>
public sealed record FigureTrack(TravelDirection Direction, VehicleClass Class, IReadOnlyList<(double Seconds, double DistanceM)> Points);
