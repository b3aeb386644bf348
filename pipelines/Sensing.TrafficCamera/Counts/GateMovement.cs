using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>A vehicle that came through one gate and left through another.</summary>
/// <param name="Time">When it left.</param>
/// <param name="VehicleId">The vehicle.</param>
/// <param name="From">Index of the gate through which it came.</param>
/// <param name="To">Index of the gate through which it left.</param>
/// <param name="Class">Its class.</param>
public readonly record struct GateMovement(DateTimeOffset Time, long VehicleId, int From, int To, VehicleClass Class);
