using System.ComponentModel;

namespace Sensing.Das.Events;

/// <summary>Payload of <c>sensing.das.vehicle.v1</c>. The event's time is the instant alongside <see cref="ReferenceM"/>.</summary>
public sealed record VehiclePassage
{
    [Description("Which way along the fibre.")]
    public required TravelDirection Direction { get; init; }

    [Description("Mean speed over the track, km/h, above 0.")]
    public required double SpeedKmh { get; init; }

    [Description("Standard error of the speed, km/h.")]
    public required double SpeedStandardErrorKmh { get; init; }

    [Description("Change of speed along the track, m/s²; absent where the data do not show one.")]
    public double? AccelerationMs2 { get; init; }

    [Description("Class of the vehicle.")]
    public required VehicleClass Class { get; init; }

    [Description("Probability of the class, 0 to 1.")]
    public required double ClassProbability { get; init; }

    [Description("Distance along the fibre at which the vehicle is at the event's time, m.")]
    public required double ReferenceM { get; init; }

    [Description("Distance at which the track begins (first in time), m.")]
    public required double StartM { get; init; }

    [Description("Distance at which the track ends (last in time), m.")]
    public required double EndM { get; init; }

    [Description("Strain-rate amplitude along the track, 1/s.")]
    public required double Amplitude { get; init; }

    [Description("Evidence for the track, 0 to 1.")]
    public required double Confidence { get; init; }

    [Description("The track, in order of time, two points or more.")]
    public required IReadOnlyList<TrackPoint> Track { get; init; }
}
