namespace Sensing.TrafficCamera.Emergency;

/// <summary>A tracked vehicle, as the fusion needs it.</summary>
/// <param name="Vehicle">Number of the track.</param>
/// <param name="Lane">Lane of the approach, from 1.</param>
/// <param name="DistanceM">Distance to the stop line along the lane, m; negative beyond it; null: unknown.</param>
/// <param name="SpeedMps">Speed towards the stop line, m/s; null: unknown.</param>
public readonly record struct ApproachingVehicle(long Vehicle, int Lane, double? DistanceM = null, double? SpeedMps = null);
