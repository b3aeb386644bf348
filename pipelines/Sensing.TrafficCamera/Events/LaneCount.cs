using System.ComponentModel;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Events;

/// <summary>Vehicles of one direction, lane and class in <see cref="VehicleCount"/>.</summary>
public sealed record LaneCount
{
    [Description("Which way: toward the camera's end of the road or away from it.")]
    public required TravelDirection Direction { get; init; }

    [Description("Lane, from 1 at the left edge, seen along the road from its near end.")]
    public required int Lane { get; init; }

    [Description("Class of the vehicles.")]
    public required VehicleClass Class { get; init; }

    [Description("How many.")]
    public required int Count { get; init; }
}
