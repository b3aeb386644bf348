namespace Sensing.Marine.Impacts.Simulation;

/// <summary>What really happened on a simulated voyage.</summary>
/// <param name="Sample">The first sample that it moves.</param>
/// <param name="Class">What it is.</param>
/// <param name="DirectionDeg">Where a blow came from, ° from own bow, positive to starboard; 0 where it has none.</param>
/// <param name="DeltaVMs">Change of velocity that it brings, m/s.</param>
/// <param name="PeakMs2">Largest acceleration at the centre of gravity, m/s².</param>
public sealed record SimulatedEvent(int Sample, ImpactClass Class, double DirectionDeg, double DeltaVMs, double PeakMs2);
