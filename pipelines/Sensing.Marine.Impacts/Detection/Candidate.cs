using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>A motion that may be an impact, at the time of its decision.</summary>
/// <param name="Sample">Number of the sample that showed it.</param>
/// <param name="Window">The motion before it and shortly after.</param>
public sealed record Candidate(long Sample, MotionWindow Window);
