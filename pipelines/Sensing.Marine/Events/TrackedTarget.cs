using System.ComponentModel;
using Sensing.Marine.Encounters;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.target.v1</c>: a target as it is known at the event's time.</summary>
public sealed record TrackedTarget
{
    [Description("Nine digits of an MMSI, or radar- and the number of a radar target.")]
    public required string Target { get; init; }

    [Description("Name; absent while it is unknown.")]
    public string? Name { get; init; }

    [Description("Call sign; absent while it is unknown.")]
    public string? CallSign { get; init; }

    [Description("How it reports.")]
    public required TargetKind Kind { get; init; }

    [Description("Unconfirmed, confirmed, lost, or removed, which is the last event of a target.")]
    public required TargetState State { get; init; }

    [Description("Kind of ship and cargo as AIS numbers them; absent while it is unknown.")]
    public int? ShipType { get; init; }

    [Description("Length, m; absent while it is unknown.")]
    public int? LengthM { get; init; }

    [Description("Navigational status as AIS numbers it; 15: undefined.")]
    public required int Status { get; init; }

    [Description("Latitude, extrapolated from the last report, ° north; absent if the position is unknown.")]
    public double? Latitude { get; init; }

    [Description("Longitude, extrapolated from the last report, ° east.")]
    public double? Longitude { get; init; }

    [Description("Speed over ground, kn.")]
    public double? SpeedKn { get; init; }

    [Description("Course over ground, ° true.")]
    public double? CourseDeg { get; init; }

    [Description("Heading, ° true.")]
    public double? HeadingDeg { get; init; }

    [Description("Age of the last report, s.")]
    public required double AgeSeconds { get; init; }

    [Description("Own ship's radar has seen it within the last 20 s.")]
    public required bool OnRadar { get; init; }

    [Description("Distance, m.")]
    public double? RangeM { get; init; }

    [Description("Bearing, ° true.")]
    public double? BearingDeg { get; init; }

    [Description("Distance at the closest point of approach, m.")]
    public double? CpaM { get; init; }

    [Description("Standard deviation of that distance, m.")]
    public double? CpaErrorM { get; init; }

    [Description("Time to the closest point of approach, s; negative where it is past.")]
    public double? TcpaSeconds { get; init; }

    [Description("Standard deviation of that time, s.")]
    public double? TcpaErrorSeconds { get; init; }

    [Description("Distance ahead of own ship at which the target crosses its course, m; negative: it passes astern. Absent where it does not cross.")]
    public double? BowCrossingM { get; init; }

    [Description("Time until the target crosses own course, s.")]
    public double? BowCrossingSeconds { get; init; }

    [Description("Class of the encounter.")]
    public required EncounterClass Class { get; init; }

    [Description("How urgent it is.")]
    public required AlertLevel Level { get; init; }

    [Description("Place in the order of risk, 1 for the highest: level, then how near and how soon.")]
    public required int Rank { get; init; }
}
