using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Encounters;

/// <summary>What two vessels' motion at one instant means.</summary>
/// <param name="Class">The class by the rules.</param>
/// <param name="Duty">What the rules ask of own ship.</param>
/// <param name="Approach">The closest approach; null where a position or a speed is missing.</param>
/// <param name="RelativeBearingDeg">The target from own bow, ±180°, positive to starboard; null where the heading is unknown.</param>
/// <param name="AspectDeg">Own ship from the target's bow, ±180°; null where its heading is unknown.</param>
public readonly record struct Assessment(
    EncounterClass Class, EncounterDuty Duty, ClosestApproach? Approach, double? RelativeBearingDeg, double? AspectDeg);
