namespace Sensing.Das.Synthetic;

/// <summary>Where a vehicle's load centroid is, from the moment the fibre can feel it until it no longer can.</summary>
public sealed class Trajectory
{
    private readonly TrajectorySegment[] _segments;

    /// <param name="segments">One or more stretches that join in time and place.</param>
    public Trajectory(IReadOnlyList<TrajectorySegment> segments)
    {
        ArgumentOutOfRangeException.ThrowIfZero(segments.Count);
        _segments = [.. segments];
    }

    public IReadOnlyList<TrajectorySegment> Segments => _segments;

    public double StartSeconds => _segments[0].StartSeconds;

    public double EndSeconds => _segments[^1].EndSeconds;

    public double StartM => _segments[0].StartM;

    public double EndM => _segments[^1].EndM;

    /// <summary>Place and velocity at an instant; before the start and after the end those of the nearest stretch, carried on.</summary>
    public (double PositionM, double VelocityMs) At(double seconds)
    {
        int i = 0;
        while (i < _segments.Length - 1 && seconds >= _segments[i].EndSeconds)
        {
            i++;
        }

        return (_segments[i].PositionM(seconds), _segments[i].Velocity(seconds));
    }

    /// <summary>First instant at <paramref name="distanceM"/>; null where the vehicle never is there.</summary>
    public double? TimeAt(double distanceM)
    {
        foreach (TrajectorySegment segment in _segments)
        {
            double low = Math.Min(segment.StartM, segment.EndM);
            double high = Math.Max(segment.StartM, segment.EndM);
            if (distanceM < low || distanceM > high || high - low <= 0)
            {
                continue;
            }

            double c = segment.StartM - distanceM;
            double root = Math.Sqrt(Math.Max(0, (segment.VelocityMs * segment.VelocityMs) - (2 * segment.AccelerationMs2 * c)));

            // Citardauq's form: exact also where the acceleration is nil.
            double t = c == 0 ? 0 : -2 * c / (segment.VelocityMs + (Math.Sign(segment.EndM - segment.StartM) * root));
            return segment.StartSeconds + Math.Clamp(t, 0, segment.DurationSeconds);
        }

        return null;
    }
}
