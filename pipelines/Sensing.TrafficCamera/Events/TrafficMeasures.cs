using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>What is reported of a lane, and of an approach as a whole.</summary>
public abstract record TrafficMeasures
{
    [Description("Occupied share of the visible road area, 0 to 1, smoothed.")]
    public required double Index { get; init; }

    [Description("Occupied share of the visible road area at the event's time, 0 to 1.")]
    public required double IndexRaw { get; init; }

    [Description("Degree of congestion, from occupied area and speed together.")]
    public required CongestionLevel Level { get; init; }

    [Description("Vehicles on the visible road.")]
    public required int Vehicles { get; init; }

    [Description("Vehicles that passed the counting line since the report before.")]
    public required int Passed { get; init; }

    [Description("Vehicles per kilometre and lane.")]
    public required double DensityPerKmLane { get; init; }

    [Description("Mean speed of the vehicles on the visible road, km/h, not for enforcement; absent where there are none.")]
    public double? MeanSpeedKmh { get; init; }

    [Description("Standard error of the mean speed with that of the set-up's scale, km/h; absent where there are no vehicles.")]
    public double? SpeedStandardErrorKmh { get; init; }

    [Description("Length of the queue from the stop line, m; 0: none.")]
    public required double QueueM { get; init; }

    [Description("Vehicles that stand before the stop line, slower than 8 km/h; absent in events of older nodes.")]
    public int? QueueVehicles { get; init; }
}
