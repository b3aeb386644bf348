namespace Sensing.Das.Synthetic;

/// <summary>A stretch of constant acceleration.</summary>
/// <param name="StartSeconds">Begin, s since the recording's start.</param>
/// <param name="DurationSeconds">Length in time, s.</param>
/// <param name="StartM">Distance along the fibre at the begin, m.</param>
/// <param name="VelocityMs">Velocity at the begin, m/s; negative towards smaller distance.</param>
/// <param name="AccelerationMs2">Change of the velocity, m/s².</param>
public readonly record struct TrajectorySegment(
    double StartSeconds, double DurationSeconds, double StartM, double VelocityMs, double AccelerationMs2)
{
    public double EndSeconds => StartSeconds + DurationSeconds;

    public double EndM => PositionM(EndSeconds);

    public double EndVelocityMs => Velocity(EndSeconds);

    public double PositionM(double seconds)
    {
        double t = seconds - StartSeconds;
        return StartM + (VelocityMs * t) + (AccelerationMs2 * t * t / 2);
    }

    public double Velocity(double seconds) => VelocityMs + (AccelerationMs2 * (seconds - StartSeconds));
}
