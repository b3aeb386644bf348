using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>A vehicle as a perfect observer of the section would report it. Times are s since the recording's start.</summary>
public sealed record TruthVehicle
{
    public required long Id { get; init; }

    public required TravelDirection Direction { get; init; }

    public required VehicleClass Class { get; init; }

    /// <summary>First instant within the section and the recording.</summary>
    public required double EntrySeconds { get; init; }

    /// <summary>Last instant within the section and the recording.</summary>
    public required double ExitSeconds { get; init; }

    /// <summary>Where it is first seen, m.</summary>
    public required double StartM { get; init; }

    /// <summary>Where it is last seen, m.</summary>
    public required double EndM { get; init; }

    /// <summary>Whether the recording holds its whole passage, from one end (or from where it turns off) to the other.</summary>
    public required bool Complete { get; init; }

    /// <summary>Mean speed between <see cref="StartM"/> and <see cref="EndM"/>, stops included, km/h.</summary>
    public required double MeanSpeedKmh { get; init; }

    /// <summary>When it is alongside the reference position; null where it never is, or not within the recording.</summary>
    public required double? ReferenceSeconds { get; init; }

    /// <summary>Speed alongside the reference position, km/h.</summary>
    public required double? ReferenceSpeedKmh { get; init; }

    public required bool Stops { get; init; }

    public required bool TurnsOff { get; init; }

    public required double LengthM { get; init; }

    public required double MassKg { get; init; }

    public required IReadOnlyList<Axle> Axles { get; init; }

    /// <summary>Distance of its lane to the side of the fibre, m.</summary>
    public required double OffsetM { get; init; }

    /// <summary>The whole way of its load centroid, also outside the section.</summary>
    public required IReadOnlyList<TrajectorySegment> Trajectory { get; init; }

    /// <summary>When it first is at a place; null where it never is.</summary>
    public double? TimeAt(double distanceM) => new Trajectory(Trajectory).TimeAt(distanceM);

    /// <summary>Where it is at an instant.</summary>
    public double PositionAt(double seconds) => new Trajectory(Trajectory).At(seconds).PositionM;
}
