using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Vessels;

/// <summary>What is known of a vessel at one time; null: not known.</summary>
public readonly record struct VesselState
{
    /// <summary>Course stands in for the heading from this speed on, m/s: 1 kn. Below, GNSS courses are noise.</summary>
    public const double MakesWayMs = 1852.0 / 3600;

    public GeoPosition? Position { get; init; }

    /// <summary>Course over ground, ° true.</summary>
    public double? CourseDeg { get; init; }

    /// <summary>Speed over ground, m/s.</summary>
    public double? SpeedMs { get; init; }

    /// <summary>True heading, °.</summary>
    public double? HeadingDeg { get; init; }

    /// <summary>°/min, positive to starboard.</summary>
    public double? TurnDegMin { get; init; }

    /// <summary>As AIS numbers it, see <see cref="NavigationStatus"/>.</summary>
    public int Status { get; init; }

    public bool MakesWay => SpeedMs >= MakesWayMs;

    /// <summary>Where the bow points: the heading, or the course of a vessel that makes way.</summary>
    public double? BowDeg => HeadingDeg ?? (MakesWay ? CourseDeg : null);

    /// <summary>Null where position or speed is missing, or the direction of one that makes way.</summary>
    public Motion? Motion => Position is not { } position || SpeedMs is not { } speed ? null
        : (CourseDeg ?? HeadingDeg) is { } course ? new Motion(position, course, speed)
        : MakesWay ? null
        : new Motion(position, 0, 0);
}
