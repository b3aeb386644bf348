using Sensing.Das.Synthetic;

namespace Sensing.Benchmarks.Das;

/// <summary>A stretch that a synthetic vehicle drives without standing still.</summary>
/// <remarks>A fibre does not feel a vehicle that stands: a track ends where its vehicle stops, and another begins where it
/// starts again. So a vehicle that stops counts as one leg before each stop and one after it.</remarks>
internal sealed class TruthLeg
{
    private readonly Trajectory _trajectory;

    private TruthLeg(TruthVehicle vehicle, IReadOnlyList<TrajectorySegment> segments)
    {
        Vehicle = vehicle;
        _trajectory = new Trajectory(segments);
        double low = Math.Min(vehicle.StartM, vehicle.EndM), high = Math.Max(vehicle.StartM, vehicle.EndM);
        StartM = Math.Clamp(_trajectory.StartM, low, high);
        EndM = Math.Clamp(_trajectory.EndM, low, high);
    }

    public TruthVehicle Vehicle { get; }

    public double StartM { get; }

    public double EndM { get; }

    public double LengthM => Math.Abs(EndM - StartM);

    public double EndSeconds => TimeAt(EndM) ?? _trajectory.EndSeconds;

    public double? TimeAt(double distanceM) => _trajectory.TimeAt(distanceM);

    public static IEnumerable<TruthLeg> Of(TruthVehicle vehicle)
    {
        var segments = new List<TrajectorySegment>();
        foreach (TrajectorySegment segment in vehicle.Trajectory)
        {
            if (segment is { VelocityMs: 0, AccelerationMs2: 0 })
            {
                if (segments.Count > 0)
                {
                    yield return new TruthLeg(vehicle, segments);
                }

                segments = [];
            }
            else
            {
                segments.Add(segment);
            }
        }

        if (segments.Count > 0)
        {
            yield return new TruthLeg(vehicle, segments);
        }
    }
}
