using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Simulation;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>A window of a simulated voyage.</summary>
/// <param name="Motion">What the sensor read.</param>
/// <param name="Class">What it shows.</param>
/// <param name="Event">The event in it; null: the sea alone.</param>
/// <param name="IsLate">It shows what an event leaves behind, more than 0.6 s after it began: ringing, scraping.</param>
public sealed record SimulatedWindow(MotionWindow Motion, ImpactClass Class, SimulatedEvent? Event, bool IsLate = false);
