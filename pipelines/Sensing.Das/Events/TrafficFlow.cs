using System.ComponentModel;

namespace Sensing.Das.Events;

/// <summary>Payload of <c>sensing.das.flow.v1</c>: one window that ends at the event's time, of one direction and class.</summary>
public sealed record TrafficFlow
{
    [Description("Length of the window, minutes: 1, 5, 15 or 60.")]
    public required int WindowMinutes { get; init; }

    [Description("Which way along the fibre.")]
    public required TravelDirection Direction { get; init; }

    [Description("Class counted; absent: all classes together.")]
    public VehicleClass? Class { get; init; }

    [Description("Seconds of the window that were observed: fewer than it is long where samples are missing; absent in events of earlier versions.")]
    public double? CoveredSeconds { get; init; }

    [Description("Vehicles in the window.")]
    public required int Count { get; init; }

    [Description("Vehicles per hour of observed time.")]
    public required double FlowPerHour { get; init; }

    [Description("Mean speed, km/h; absent where nothing passed.")]
    public double? MeanSpeedKmh { get; init; }

    [Description("85th percentile of the speed, km/h; absent where nothing passed.")]
    public double? Percentile85SpeedKmh { get; init; }

    [Description("Mean time between successive vehicles, s; absent below two vehicles.")]
    public double? MeanHeadwaySeconds { get; init; }

    [Description("Share of the observed time in which a vehicle was alongside the reference position, 0 to 1.")]
    public required double Occupancy { get; init; }
}
