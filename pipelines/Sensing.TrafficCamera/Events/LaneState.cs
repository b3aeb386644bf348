using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>One lane in <see cref="ApproachState"/>.</summary>
public sealed record LaneState : TrafficMeasures
{
    [Description("Lane, from 1 at the left edge, seen along the road from its near end.")]
    public required int Lane { get; init; }

    [Description("Vehicles that stand within 12 m beyond the stop line and have yet to clear the junction; absent without a stop line.")]
    public int? ClearingVehicles { get; init; }
}
