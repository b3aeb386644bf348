using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Encounters;

/// <summary>The class of an encounter and own ship's duty, from the motion of both vessels at one instant.</summary>
/// <remarks>
/// After the International Regulations for Preventing Collisions at Sea (1972), rules 13 to 19, for a power-driven own ship. Sectors are about the heading.
/// In doubt own ship gives way: rules 13(c) and 14(c) ask that, and it is never told to stand on where it may have to give way. The
/// doubt is a band of 5° about the limits of sectors, and 22.5° about meeting end on.
/// </remarks>
public static class EncounterRules
{
    /// <summary>22.5° abaft the beam: annex I and rule 21 for the sternlight's sector, rule 13(b).</summary>
    private const double AbaftBeam = 112.5;

    /// <summary>Error of a heading or bearing at which a sector is in doubt.</summary>
    private const double Doubt = 5;

    /// <summary>Within it vessels may be meeting end on or nearly so: two of the points of which rule 13 speaks.</summary>
    private const double NearlyEndOn = 22.5;

    /// <summary>At anchor, moored or aground moves no faster, m/s: 2 kn, the limit between the reporting intervals of AIS is 3 kn.</summary>
    private const double AtRestMs = 2 * VesselState.MakesWayMs;

    /// <summary>Half a knot: own ship drifts.</summary>
    private const double DriftsMs = VesselState.MakesWayMs / 2;

    /// <summary>The assessment.</summary>
    /// <param name="own">Own ship, power-driven unless its status says otherwise.</param>
    /// <param name="target">The other vessel.</param>
    /// <param name="limits">Where a risk of collision begins.</param>
    /// <param name="restrictedVisibility">Rule 19 in place of rules 13 to 18.</param>
    public static Assessment Assess(in VesselState own, in VesselState target, RiskLimits limits, bool restrictedVisibility = false)
    {
        if (own.Motion is not { } ownMotion || target.Motion is not { } targetMotion)
        {
            return default;
        }

        ClosestApproach approach = ClosestApproach.Of(ownMotion, targetMotion);
        double? relative = own.BowDeg is { } bow ? Angle.Signed(approach.BearingDeg - bow) : null;
        double? aspect = target.BowDeg is { } other
            ? Angle.Signed(Geodesic.Bearing(targetMotion.Position, ownMotion.Position) - other)
            : null;
        EncounterClass kind = limits.Holds(approach) ? ClassOf(in own, in target, ownMotion, approach, relative, aspect) : EncounterClass.None;
        if (restrictedVisibility && kind == EncounterClass.CrossingStandOn)
        {
            kind = EncounterClass.CrossingGiveWay;
        }

        return new Assessment(kind, DutyOf(kind, own.Status, target.Status, restrictedVisibility), approach, relative, aspect);
    }

    /// <summary>What a class asks of own ship.</summary>
    public static EncounterDuty DutyOf(EncounterClass kind, int ownStatus, int targetStatus, bool restrictedVisibility) => kind switch
    {
        EncounterClass.None => EncounterDuty.None,

        // Rule 19(d): whoever detects a vessel by radar alone takes avoiding action.
        _ when restrictedVisibility => EncounterDuty.BothGiveWay,
        EncounterClass.HeadOn => HasPriority(targetStatus, ownStatus) ? EncounterDuty.GiveWay : EncounterDuty.BothGiveWay,
        EncounterClass.Overtaking or EncounterClass.CrossingGiveWay => EncounterDuty.GiveWay,

        // Rule 13 goes before rule 18, but a vessel not under command cannot keep clear (rule 3(f)).
        EncounterClass.BeingOvertaken => targetStatus == NavigationStatus.NotUnderCommand ? EncounterDuty.GiveWay : EncounterDuty.StandOn,
        _ => EncounterDuty.StandOn,
    };

    /// <summary>At anchor, moored or aground, and not moving.</summary>
    public static bool IsAtRest(in VesselState vessel) => NavigationStatus.IsAtRest(vessel.Status) && vessel.SpeedMs <= AtRestMs;

    /// <summary>Own ship neither makes way nor has a duty to keep clear by moving.</summary>
    public static bool OwnIsAtRest(in VesselState own) => IsAtRest(in own) || own.SpeedMs < DriftsMs;

    /// <summary>Rule 18: own ship keeps out of the target's way.</summary>
    internal static bool HasPriority(int targetStatus, int ownStatus) => NavigationStatus.Rank(targetStatus) < NavigationStatus.Rank(ownStatus);

    private static EncounterClass ClassOf(
        in VesselState own, in VesselState target, Motion ownMotion, ClosestApproach approach, double? relativeBearing, double? targetAspect)
    {
        if (OwnIsAtRest(in own) || IsAtRest(in target) || relativeBearing is not { } relative || targetAspect is not { } aspect)
        {
            return EncounterClass.None;
        }

        EncounterClass kind = BySector(in own, in target, ownMotion, approach, relative, aspect);
        bool standsOn = kind is EncounterClass.CrossingStandOn or EncounterClass.BeingOvertaken;

        // One that says it lies at anchor and moves says something wrong: nothing that it might do can be relied on.
        return standsOn && NavigationStatus.IsAtRest(target.Status) ? EncounterClass.None
            : kind == EncounterClass.CrossingStandOn && HasPriority(target.Status, own.Status) ? EncounterClass.CrossingGiveWay
            : kind;
    }

    private static EncounterClass BySector(
        in VesselState own, in VesselState target, Motion ownMotion, ClosestApproach approach, double relative, double aspect)
    {
        double bearing = approach.BearingDeg;
        bool ownCloses = Math.Cos(Angle.Radians(bearing - ownMotion.CourseDeg)) > 0;
        if (Math.Abs(aspect) > AbaftBeam - Doubt && ownCloses)
        {
            return EncounterClass.Overtaking;
        }

        // To starboard it may be crossing, and own ship would give way.
        if (Math.Abs(relative) > AbaftBeam + (relative > 0 ? Doubt : 0))
        {
            return EncounterClass.BeingOvertaken;
        }

        double offReciprocal = Math.Abs(180 - Math.Abs(Angle.Signed(target.BowDeg!.Value - own.BowDeg!.Value)));
        if (offReciprocal <= NearlyEndOn && Math.Abs(relative) <= NearlyEndOn && Math.Abs(aspect) <= NearlyEndOn)
        {
            return EncounterClass.HeadOn;
        }

        return relative > -Doubt ? EncounterClass.CrossingGiveWay : EncounterClass.CrossingStandOn;
    }
}
