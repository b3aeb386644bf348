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

    /// <summary>Along the course: a GNSS receiver's velocity (0.05 m/s) and the steps of AIS (0.1 kn, rectangular).</summary>
    private const double AlongMs = 0.06;

    /// <summary>Across it the same, and a helm that does not hold the course: 1.3° of yaw (ISO 16329 allows heading control 3°).</summary>
    private const double YawDeg = 1.3;

    /// <summary>Accuracies of positions are radii that hold 95 % of them (ITU-R M.1371-5, IMO MSC.112(73)): 2.45 standard deviations of an axis.</summary>
    private const double RadiusInDeviations = 2.4477;

    /// <summary>From a report to its reception, s: AIS waits for a slot, instruments send once a second.</summary>
    private const double DelayS = 0.5;

    /// <summary>A turn ends before half a circle.</summary>
    private const double MostTurnedDeg = 180;

    /// <summary>The uncertainty, from accuracies of the positions, ages of the reports and rates of turn.</summary>
    /// <remarks>
    /// To first order, in the plane of the relative motion: with n across and u along it, T the time, v the relative speed and d the distance at
    /// the closest approach, δCPA = n·(δr + T δv) and δTCPA = -u·(δr + T δv)/v - d n·δv/v². An error of velocity is along and across the vessel's own
    /// course and grows with the time since the report and until the approach. A turn bends the path by v²·(1 - cos ωt)/ω ≈ ½ v ω t².
    /// </remarks>
    public static ApproachUncertainty Of(
        in VesselState own, in VesselState target, ClosestApproach approach, double ownErrorM, double targetErrorM, double ageS)
    {
        double ahead = Math.Max(0, approach.TcpaS), speed = Math.Max(approach.RelativeSpeedMs, SpeedErrorMs);
        double direction = RelativeCourseDeg(in own, in target);
        double position = ((ownErrorM * ownErrorM) + (targetErrorM * targetErrorM)) / (RadiusInDeviations * RadiusInDeviations);
        (double ownAcross, double ownAlong) = Velocity(in own, direction);
        (double targetAcross, double targetAlong) = Velocity(in target, direction);
        double ownTime = ahead * ahead, targetTime = (ahead + ageS) * (ahead + ageS);
        double late = DelayS * DelayS * (Square(own.SpeedMs) + Square(target.SpeedMs)) / 2;
        double turned = Square(Bend(in own, ahead) + Bend(in target, ahead + ageS));
        double across = position + late + (ownTime * ownAcross) + (targetTime * targetAcross) + turned;
        double along = position + late + (ownTime * ownAlong) + (targetTime * targetAlong) + turned;

        // Twice: what was reported, and what will be true at the approach, both differ from the course that is held in the mean.
        double aside = 2 * approach.CpaM * approach.CpaM * (ownAcross + targetAcross) / (speed * speed);
        return new ApproachUncertainty(Math.Sqrt(across), Math.Sqrt(along + aside) / speed);
    }

    /// <summary>Variances of a velocity across and along a direction, (m/s)².</summary>
    private static (double Across, double Along) Velocity(in VesselState vessel, double directionDeg)
    {
        double along = AlongMs * AlongMs, across = along + Square((vessel.SpeedMs ?? 0) * Math.Sin(Angle.Radians(YawDeg)));
        double turned = Angle.Radians((vessel.CourseDeg ?? vessel.HeadingDeg ?? directionDeg) - directionDeg);
        double sin = Math.Sin(turned) * Math.Sin(turned), cos = 1 - sin;
        return ((across * cos) + (along * sin), (across * sin) + (along * cos));
    }

    /// <summary>Direction of the target's motion as own ship sees it, °.</summary>
    private static double RelativeCourseDeg(in VesselState own, in VesselState target)
    {
        (double ownEast, double ownNorth) = Parts(in own);
        (double east, double north) = Parts(in target);
        return Angle.Degrees(Math.Atan2(east - ownEast, north - ownNorth));
    }

    private static (double East, double North) Parts(in VesselState vessel)
    {
        (double sin, double cos) = Math.SinCos(Angle.Radians(vessel.CourseDeg ?? vessel.HeadingDeg ?? 0));
        return ((vessel.SpeedMs ?? 0) * sin, (vessel.SpeedMs ?? 0) * cos);
    }

    private static double Square(double? value) => (value ?? 0) * (value ?? 0);

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
