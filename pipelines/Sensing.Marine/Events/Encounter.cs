using System.ComponentModel;
using Sensing.Marine.Encounters;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.encounter.v1</c>: class, duty or level of one target have changed.</summary>
public sealed record Encounter
{
    [Description("The target: nine digits of an MMSI, radar- and the number of a radar target, or own-ship for the anchor watch.")]
    public required string Target { get; init; }

    [Description("Name of the target; absent while it is unknown.")]
    public string? Name { get; init; }

    [Description("How the target reports; absent for the anchor watch.")]
    public TargetKind? Kind { get; init; }

    [Description("The encounter by COLREG rules 13 to 15; none without a risk of collision and after it has passed.")]
    public required EncounterClass Class { get; init; }

    [Description("What the rules ask of own ship.")]
    public required EncounterDuty Duty { get; init; }

    [Description("Class, duty and rule in words, for a person.")]
    public required string Advice { get; init; }

    [Description("How urgent it is.")]
    public required AlertLevel Level { get; init; }

    [Description("Why there is an alert.")]
    public required AlertReason Reason { get; init; }

    [Description("A person has acknowledged the alert.")]
    public required bool Acknowledged { get; init; }

    [Description("Distance at the closest point of approach, m; absent where a position or a speed is unknown.")]
    public double? CpaM { get; init; }

    [Description("Standard deviation of the distance at the closest point of approach, m.")]
    public double? CpaErrorM { get; init; }

    [Description("Time to the closest point of approach, s; negative where it is past.")]
    public double? TcpaSeconds { get; init; }

    [Description("Standard deviation of the time to the closest point of approach, s.")]
    public double? TcpaErrorSeconds { get; init; }

    [Description("Distance now, m.")]
    public double? RangeM { get; init; }

    [Description("Bearing of the target, ° true.")]
    public double? BearingDeg { get; init; }

    [Description("The target from own bow, °, positive to starboard, -180 to 180; absent where the heading is unknown.")]
    public double? RelativeBearingDeg { get; init; }

    [Description("Own ship from the target's bow, °, positive to starboard, -180 to 180; absent where its heading is unknown.")]
    public double? AspectDeg { get; init; }

    [Description("Distance ahead of own ship at which the target crosses its course, m; negative: it passes astern. Absent where it does not cross.")]
    public double? BowCrossingM { get; init; }

    [Description("Time until the target crosses own course, s.")]
    public double? BowCrossingSeconds { get; init; }

    [Description("Age of the target's last report, s.")]
    public double? AgeSeconds { get; init; }
}
