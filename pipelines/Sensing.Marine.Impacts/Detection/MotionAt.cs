using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>A sample at an even interval.</summary>
/// <param name="Time">End of the interval.</param>
/// <param name="Motion">Mean of the readings in it.</param>
/// <param name="Begins">It does not join the one before: there is a gap.</param>
public sealed record MotionAt(DateTimeOffset Time, Motion6 Motion, bool Begins);
