using Sensing.Marine.Encounters;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Synthetic;

/// <summary>A vessel, aid or beacon of the voyage, and what meeting it means.</summary>
internal sealed record ScriptedVessel
{
    public required int Mmsi { get; init; }

    public required string Name { get; init; }

    public required TargetKind Kind { get; init; }

    public int Status { get; init; } = NavigationStatus.UnderWayEngine;

    /// <summary>Kind of ship and cargo, or of aid, as AIS numbers it.</summary>
    public int Type { get; init; } = 70;

    public int LengthM { get; init; } = 90;

    /// <summary>It is heard from here, s of the voyage.</summary>
    public required double FromS { get; init; }

    /// <summary>It is heard until here.</summary>
    public required double UntilS { get; init; }

    /// <summary>Where it is at <see cref="FromS"/>.</summary>
    public required PlanePoint From { get; init; }

    public double CourseDeg { get; init; }

    public double SpeedMs { get; init; }

    /// <summary>The class that its encounter must have; none where there must be none.</summary>
    public EncounterClass Class { get; init; }

    public EncounterDuty Duty { get; init; }

    /// <summary>Its helmsman does not hold the course exactly.</summary>
    public required Wander Helm { get; init; }

    public PlanePoint At(double seconds) =>
        From + PlanePoint.Toward(CourseDeg, SpeedMs * (seconds - FromS)) + PlanePoint.Toward(CourseDeg + 90, Helm.At(seconds));

    /// <summary>Interval of its position reports, s (ITU-R M.1371-5, table 1).</summary>
    public double IntervalS => Kind switch
    {
        TargetKind.ClassB => 30,
        TargetKind.Aid => 180,
        TargetKind.Mob => 60,
        _ when NavigationStatus.IsAtRest(Status) => 180,
        _ => SpeedMs > 14 * VesselState.MakesWayMs ? 6 : 10,
    };
}
