using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>One lane in <see cref="ApproachState"/>.</summary>
public sealed record LaneState : TrafficMeasures
{
    [Description("Lane, from 1 at the left edge, seen along the road from its near end.")]
    public required int Lane { get; init; }
}
