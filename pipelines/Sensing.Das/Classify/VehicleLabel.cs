using Sensing.Das.Events;

namespace Sensing.Das.Classify;

/// <summary>Somebody's word on what a vehicle was.</summary>
/// <param name="Time">When it was alongside the reference, UTC.</param>
/// <param name="Direction">Which way it went; null where it was not noted.</param>
/// <param name="Class">What it was.</param>
public sealed record VehicleLabel(DateTimeOffset Time, TravelDirection? Direction, VehicleClass Class);
