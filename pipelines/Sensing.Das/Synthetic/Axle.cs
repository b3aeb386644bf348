namespace Sensing.Das.Synthetic;

/// <summary>An axle of a vehicle.</summary>
/// <param name="BehindM">Distance behind the vehicle's load centroid, m; negative in front of it.</param>
/// <param name="LoadN">Static load, N.</param>
public readonly record struct Axle(double BehindM, double LoadN);
