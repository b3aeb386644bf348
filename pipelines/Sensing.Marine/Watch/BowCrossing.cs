using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Watch;

/// <summary>Where and when a target crosses the line ahead of own ship.</summary>
/// <param name="RangeM">Distance ahead then, m; negative: it passes astern.</param>
/// <param name="TimeS">Time until then, s.</param>
internal readonly record struct BowCrossing(double RangeM, double TimeS)
{
    private const double LongestS = 7200;

    /// <summary>The crossing; null where the target does not cross the line within two hours.</summary>
    /// <remarks>In the plane at own ship: bow crossings matter within a few miles.</remarks>
    public static BowCrossing? Of(Motion own, Motion target, ClosestApproach approach)
    {
        double bearing = Angle.Radians(approach.BearingDeg - own.CourseDeg), course = Angle.Radians(target.CourseDeg - own.CourseDeg);
        double ahead = approach.RangeM * Math.Cos(bearing), across = approach.RangeM * Math.Sin(bearing);
        double closing = (target.SpeedMs * Math.Cos(course)) - own.SpeedMs, drifting = target.SpeedMs * Math.Sin(course);
        double time = Math.Abs(drifting) < 0.05 ? -1 : -across / drifting;
        return time is >= 0 and <= LongestS ? new BowCrossing(ahead + (closing * time), time) : null;
    }
}
