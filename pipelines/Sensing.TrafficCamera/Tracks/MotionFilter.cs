namespace Sensing.TrafficCamera.Tracks;

/// <summary>Kalman filter of a position and its speed along one axis, with white acceleration.</summary>
/// <remarks>Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking and Navigation (2001), section 6.3.2:
/// discretized white-noise acceleration; the noise is given as the acceleration (standard deviation) that lasts for a
/// second.</remarks>
internal struct MotionFilter
{
    public double Position, Speed;
    private double _pp, _pv, _vv;

    public MotionFilter(double position, double positionError, double speed, double speedError)
    {
        (Position, Speed) = (position, speed);
        (_pp, _pv, _vv) = (positionError * positionError, 0, speedError * speedError);
    }

    /// <summary>Standard error of the speed.</summary>
    public readonly double SpeedError => Math.Sqrt(Math.Max(0, _vv));

    /// <summary>Standard error of the position.</summary>
    public readonly double PositionError => Math.Sqrt(Math.Max(0, _pp));

    public void Predict(double seconds, double acceleration)
    {
        double q = acceleration * acceleration, t = seconds;
        Position += Speed * t;
        _pp += (2 * t * _pv) + (t * t * _vv) + (q * t * t * t / 3);
        _pv += (t * _vv) + (q * t * t / 2);
        _vv += q * t;
    }

    /// <summary>Squared distance of a measurement in standard deviations.</summary>
    public readonly double Distance(double measured, double error)
    {
        double gap = measured - Position;
        return gap * gap / (_pp + (error * error));
    }

    public void Update(double measured, double error)
    {
        double s = _pp + (error * error), gain = _pp / s, speedGain = _pv / s, gap = measured - Position;
        Position += gain * gap;
        Speed += speedGain * gap;
        _vv -= speedGain * _pv;
        _pv *= 1 - gain;
        _pp *= 1 - gain;
    }
}
