using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Watch;

/// <summary>Standard deviations of a closest approach.</summary>
/// <param name="CpaM">m.</param>
/// <param name="TcpaS">s.</param>
internal readonly record struct ApproachUncertainty(double CpaM, double TcpaS)
{
    /// <summary>Error of a reported velocity, each axis, m/s: a GNSS receiver's 0.1 m/s, AIS' steps of 0.1 kn and 0.1°, and a helm that corrects.</summary>
    public const double SpeedErrorMs = 0.15;

    /// <summary>A turn ends before half a circle.</summary>
    private const double MostTurnedDeg = 180;

    /// <summary>The uncertainty, from errors of the positions, ages of the reports and rates of turn.</summary>
    /// <remarks>To first order: an error of position goes into CPA and, over the relative speed, into TCPA; one of velocity grows with the
    /// time since the report and until the approach. A turn bends the path by v²·(1 - cos ωt)/ω ≈ ½ v ω t².</remarks>
    public static ApproachUncertainty Of(
        in VesselState own, in VesselState target, ClosestApproach approach, double ownErrorM, double targetErrorM, double ageS)
    {
        double ahead = Math.Max(0, approach.TcpaS);
        double position = Math.Sqrt((ownErrorM * ownErrorM) + (targetErrorM * targetErrorM));
        double velocity = SpeedErrorMs * Math.Sqrt(Math.Pow(ahead, 2) + Math.Pow(ahead + ageS, 2));
        double turned = Bend(in own, ahead) + Bend(in target, ahead + ageS);
        double cpa = Math.Sqrt((position * position) + (velocity * velocity) + (turned * turned));
        return new ApproachUncertainty(cpa, cpa / Math.Max(approach.RelativeSpeedMs, SpeedErrorMs));
    }

    private static double Bend(in VesselState vessel, double seconds)
    {
        double speed = vessel.SpeedMs ?? 0, rate = Angle.Radians(Math.Abs(vessel.TurnDegMin ?? 0) / 60);
        if (rate < 1e-6)
        {
            return 0;
        }

        // Straight on after half a circle: the distance between both ways grows no faster than the vessel moves.
        double turning = Math.Min(seconds, Angle.Radians(MostTurnedDeg) / rate);
        return (speed / rate * (1 - Math.Cos(rate * turning))) + (speed * (seconds - turning));
    }
}
