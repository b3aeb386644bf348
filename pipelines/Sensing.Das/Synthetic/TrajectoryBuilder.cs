namespace Sensing.Das.Synthetic;

/// <summary>Puts a trajectory together from driving manoeuvres, in metres driven, whichever way the lane leads.</summary>
internal sealed class TrajectoryBuilder(double startSeconds, double startM, int sign, double speedMs)
{
    private readonly List<TrajectorySegment> _segments = [];
    private double _seconds = startSeconds;
    private double _driven;
    private double _speed = speedMs;

    public double Seconds => _seconds;

    public double DrivenM => _driven;

    /// <summary>Goes on at constant speed until <paramref name="drivenM"/> metres from the start.</summary>
    public TrajectoryBuilder CruiseTo(double drivenM) => Add((drivenM - _driven) / _speed, 0);

    /// <summary>Speeds up or brakes at <paramref name="accelerationMs2"/> (its size) until the speed is reached.</summary>
    public TrajectoryBuilder ChangeSpeed(double speedMs, double accelerationMs2)
    {
        Add(Math.Abs(speedMs - _speed) / accelerationMs2, speedMs > _speed ? accelerationMs2 : -accelerationMs2);
        _speed = speedMs;
        return this;
    }

    public TrajectoryBuilder WaitUntil(double seconds) => Add(seconds - _seconds, 0);

    public Trajectory Build() => new(_segments);

    private TrajectoryBuilder Add(double duration, double acceleration)
    {
        if (duration > 0)
        {
            _segments.Add(new TrajectorySegment(_seconds, duration, startM + (sign * _driven), sign * _speed, sign * acceleration));
            _driven += (_speed * duration) + (acceleration * duration * duration / 2);
            _seconds += duration;
            _speed += acceleration * duration;
        }

        return this;
    }
}
