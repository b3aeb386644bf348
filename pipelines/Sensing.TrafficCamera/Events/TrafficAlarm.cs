using System.ComponentModel;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Events;

/// <summary>A wrong-way or standing vehicle: once for each vehicle, at the event's time.</summary>
public sealed record TrafficAlarm
{
    [Description("Name of the approach.")]
    public required string Approach { get; init; }

    [Description("What is out of the ordinary.")]
    public required TrafficAlarmKind Kind { get; init; }

    [Description("The vehicle's id on this approach.")]
    public required long VehicleId { get; init; }

    [Description("Its lane, from 1 at the left edge, seen along the road from its near end.")]
    public required int Lane { get; init; }

    [Description("Its class.")]
    public required VehicleClass Class { get; init; }

    [Description("Where it is, m from the near end of the visible road.")]
    public required double AlongM { get; init; }

    [Description("Its speed, km/h, not for enforcement.")]
    public required double SpeedKmh { get; init; }
}
