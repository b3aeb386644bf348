using System.ComponentModel;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Events;

/// <summary>Vehicles of one movement and class in <see cref="VehicleCount"/>.</summary>
public sealed record MovementCount
{
    [Description("Gate through which they came.")]
    public required string From { get; init; }

    [Description("Gate through which they left.")]
    public required string To { get; init; }

    [Description("Class of the vehicles.")]
    public required VehicleClass Class { get; init; }

    [Description("How many.")]
    public required int Count { get; init; }
}
