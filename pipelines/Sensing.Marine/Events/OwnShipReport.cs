using System.ComponentModel;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.own-ship.v1</c>: own ship at the event's time.</summary>
public sealed record OwnShipReport
{
    [Description("MMSI; absent while it is unknown.")]
    public int? Mmsi { get; init; }

    [Description("Latitude, ° north; absent while it is unknown.")]
    public double? Latitude { get; init; }

    [Description("Longitude, ° east.")]
    public double? Longitude { get; init; }

    [Description("Speed over ground, kn.")]
    public double? SpeedKn { get; init; }

    [Description("Course over ground, ° true.")]
    public double? CourseDeg { get; init; }

    [Description("Heading, ° true.")]
    public double? HeadingDeg { get; init; }

    [Description("Rate of turn, °/min, positive to starboard.")]
    public double? TurnDegMin { get; init; }

    [Description("Navigational status as AIS numbers it.")]
    public required int Status { get; init; }

    [Description("Targets that are tracked.")]
    public required int Targets { get; init; }

    [Description("Targets with a warning or an alarm.")]
    public required int Alerts { get; init; }

    [Description("Closest approach below which there is a warning, m.")]
    public double? WarningCpaM { get; init; }

    [Description("Closest approach below which there is an alarm, m.")]
    public double? AlarmCpaM { get; init; }

    [Description("Radius of the guard zone, m; absent without one.")]
    public double? GuardZoneM { get; init; }
}
