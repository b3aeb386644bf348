using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>A vehicle of a synthetic recording: what it is and where it drives.</summary>
/// <param name="Id">Number that tells the vehicles of a recording apart.</param>
/// <param name="Direction">Which way along the fibre.</param>
/// <param name="Class">Small, large or rail.</param>
/// <param name="LengthM">Length, m.</param>
/// <param name="OffsetM">Distance of its track to the side of the fibre, m.</param>
/// <param name="Axles">Axles, front first, around the load centroid.</param>
/// <param name="Trajectory">Place of the load centroid over time.</param>
/// <param name="TurnsOff">It leaves the road, and the fibre, at the trajectory's end.</param>
public sealed record SyntheticVehicle(
    long Id, TravelDirection Direction, VehicleClass Class, double LengthM, double OffsetM, IReadOnlyList<Axle> Axles,
    Trajectory Trajectory, bool TurnsOff)
{
    /// <summary>Time over which a vehicle that turns off fades from the fibre, s.</summary>
    internal const double FadeSeconds = 1.5;

    /// <summary>Sum of the axle loads, N.</summary>
    public double WeightN => Axles.Sum(a => a.LoadN);

    /// <summary>Whether it stands still somewhere.</summary>
    public bool Stops => Trajectory.Segments.Any(s => s is { VelocityMs: 0, AccelerationMs2: 0 });

    /// <summary>When the fibre no longer feels it, s.</summary>
    internal double GoneSeconds => Trajectory.EndSeconds + (TurnsOff ? FadeSeconds : 0);
}
