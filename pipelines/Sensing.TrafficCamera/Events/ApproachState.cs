using System.ComponentModel;
using Sensing.TrafficCamera.Sight;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.approach.v1</c>: an approach at the event's time, each second.</summary>
public sealed record ApproachState : TrafficMeasures
{
    [Description("Name of the approach.")]
    public required string Approach { get; init; }

    [Description("Level of service by density, Highway Capacity Manual.")]
    public required ServiceLevel LevelOfService { get; init; }

    [Description("How well the camera sees, 0 to 1: figures of a low quality are doubtful.")]
    public required double Quality { get; init; }

    [Description("What spoils the sight most: haze, fog, dark, noise, rain, shake, glare or blank; absent where it is clear.")]
    public SightReason? QualityReason { get; init; }

    [Description("The lanes, in their order.")]
    public required IReadOnlyList<LaneState> Lanes { get; init; }
}
