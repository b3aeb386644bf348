namespace Sensing.Marine.Geodesy;

/// <summary>The closest point of approach of two vessels that both keep straight on.</summary>
/// <param name="CpaM">Distance then, m.</param>
/// <param name="TcpaS">Time until then, s; negative where it is past.</param>
/// <param name="RangeM">Distance now, m.</param>
/// <param name="BearingDeg">Bearing of the target now, ° true.</param>
/// <param name="RelativeSpeedMs">Speed of the target as own ship sees it, m/s.</param>
public readonly record struct ClosestApproach(double CpaM, double TcpaS, double RangeM, double BearingDeg, double RelativeSpeedMs)
{
    /// <summary>Below this the vessels keep their distance, m/s: a thousandth of the resolution of AIS would be noise.</summary>
    private const double SlowestMs = 0.005;

    /// <summary>Beyond a day nobody keeps straight on.</summary>
    private const double LongestS = 86400;

    /// <summary>Finds where the distance along the ground is smallest.</summary>
    /// <remarks>Gauss–Newton on the distance in the Earth's frame, with both vessels moved along their geodesics: exact on the ellipsoid,
    /// without a plane that would fail near a pole or at the antimeridian. Two or three rounds suffice.</remarks>
    public static ClosestApproach Of(Motion own, Motion target)
    {
        double range = Geodesic.Distance(own.Position, target.Position);
        double bearing = Geodesic.Bearing(own.Position, target.Position);
        double speed = (Velocity(target) - Velocity(own)).Length;
        if (speed < SlowestMs)
        {
            return new ClosestApproach(range, 0, range, bearing, speed);
        }

        double time = 0;
        for (int round = 0; round < 12; round++)
        {
            Motion o = own.After(time), t = target.After(time);
            Vector3 velocity = Velocity(t) - Velocity(o);
            double squared = velocity.Dot(velocity);
            if (squared < SlowestMs * SlowestMs)
            {
                break;
            }

            double step = -(Geodesic.Place(t.Position) - Geodesic.Place(o.Position)).Dot(velocity) / squared;
            double next = Math.Clamp(time + step, -LongestS, LongestS);
            bool done = Math.Abs(next - time) < 1e-4;
            time = next;
            if (done)
            {
                break;
            }
        }

        double closest = Geodesic.Distance(own.After(time).Position, target.After(time).Position);
        return new ClosestApproach(closest, time, range, bearing, speed);
    }

    private static Vector3 Velocity(Motion motion) => Geodesic.Velocity(motion.Position, motion.CourseDeg, motion.SpeedMs);
}
