using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>Payload of <c>sensing.traffic.count.v1</c>: vehicles that passed in a window that ends at the event's time.</summary>
public sealed record VehicleCount
{
    [Description("Name of the approach.")]
    public required string Approach { get; init; }

    [Description("Length of the window, minutes.")]
    public required int WindowMinutes { get; init; }

    [Description("Part of the window that the camera saw, s.")]
    public required double ObservedSeconds { get; init; }

    [Description("Vehicles that passed the counting line.")]
    public required int Count { get; init; }

    [Description("Vehicles per hour of observed time.")]
    public required double FlowPerHour { get; init; }

    [Description("Mean speed at the line, km/h, not for enforcement; absent where nothing passed.")]
    public double? MeanSpeedKmh { get; init; }

    [Description("Vehicles by direction, lane and class; those that did not pass are left out.")]
    public required IReadOnlyList<LaneCount> Lanes { get; init; }

    [Description("Vehicles by movement and class, where gates are set up.")]
    public required IReadOnlyList<MovementCount> Movements { get; init; }
}
