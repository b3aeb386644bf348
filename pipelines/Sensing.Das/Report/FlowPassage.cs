using Sensing.Das.Events;

namespace Sensing.Das.Report;

/// <summary>What the flow report keeps of a vehicle.</summary>
/// <param name="Ticks">When it passed the reference, UTC ticks.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Class">Class.</param>
/// <param name="SpeedKmh">Speed, km/h.</param>
/// <param name="AlongsideSeconds">How long it was alongside the reference, s.</param>
internal readonly record struct FlowPassage(long Ticks, TravelDirection Direction, VehicleClass Class, double SpeedKmh, double AlongsideSeconds);
