using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>A vehicle's middle passed the counting line.</summary>
/// <param name="Time">When, between two frames.</param>
/// <param name="VehicleId">The vehicle.</param>
/// <param name="Away">Whether it moved away from the near end; false: toward it.</param>
/// <param name="Lane">Its lane, from 1.</param>
/// <param name="AcrossM">Where, m from the left edge.</param>
/// <param name="Class">Its class.</param>
/// <param name="SpeedMs">Its speed, m/s.</param>
/// <param name="SpeedErrorMs">Standard error of the speed.</param>
/// <param name="LengthM">Its length.</param>
public readonly record struct LineCrossing(
    DateTimeOffset Time, long VehicleId, bool Away, int Lane, double AcrossM, VehicleClass Class, double SpeedMs, double SpeedErrorMs,
    double LengthM);
