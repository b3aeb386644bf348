using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Synthetic;

/// <summary>Own ship's way: to and fro between two places, an hour each way. On each leg it gives way once, to starboard.</summary>
internal sealed class OwnTrack
{
    /// <summary>A leg, s, its turn at the end included.</summary>
    public const int LegSeconds = 3600;

    public const double SpeedMs = 12 * VesselState.MakesWayMs;

    /// <summary>Course of the first leg.</summary>
    private const double FirstCourseDeg = 40;

    /// <summary>Gives way: turns off by so much, for so long, and back to the line as far on the other side.</summary>
    private const double GivesWayDeg = 30, HoldsS = 180, TurnsS = 30;

    private const double TurnsBackAtS = 3420;

    /// <summary>When it begins to give way within a leg, s.</summary>
    public const double GivesWayAtS = 560;

    private readonly PlanePoint[] _leg = new PlanePoint[LegSeconds + 1];
    private readonly Wander _helm;

    /// <param name="seed">Seed of the voyage.</param>
    public OwnTrack(long seed)
    {
        _helm = new Wander(SeededNoise.Key(seed, 1), 2.5, 60, 300);
        for (int second = 0; second < LegSeconds; second++)
        {
            _leg[second + 1] = _leg[second] + PlanePoint.Toward(FirstCourseDeg + Turned(second + 0.5), SpeedMs);
        }
    }

    /// <summary>The steady course of a leg.</summary>
    public static double CourseOf(long leg) => Angle.Positive(FirstCourseDeg + (180 * leg));

    /// <summary>Where it is, with the helm's wandering.</summary>
    public PlanePoint At(double seconds) => SteadyAt(seconds) + PlanePoint.Toward(HeadingAt(seconds) + 90, _helm.At(seconds));

    /// <summary>Where its planned way is.</summary>
    public PlanePoint SteadyAt(double seconds)
    {
        long leg = (long)Math.Floor(seconds / LegSeconds);
        double within = seconds - (leg * LegSeconds);
        int whole = (int)within;
        PlanePoint point = _leg[whole] + ((within - whole) * (_leg[Math.Min(whole + 1, LegSeconds)] - _leg[whole]));

        // The second leg is the first one turned by half a circle: both together are closed.
        return leg % 2 == 0 ? point : _leg[LegSeconds] - point;
    }

    /// <summary>The heading that it steers.</summary>
    public static double HeadingAt(double seconds)
    {
        long leg = (long)Math.Floor(seconds / LegSeconds);
        return Angle.Positive(CourseOf(leg) + Turned(seconds - (leg * LegSeconds)));
    }

    /// <summary>How far it has turned off the leg's course, °.</summary>
    private static double Turned(double within)
    {
        double t = within - GivesWayAtS;
        const double Off = TurnsS + HoldsS, Across = Off + (2 * TurnsS), Back = Across + HoldsS, On = Back + TurnsS;
        return within > TurnsBackAtS ? 180 * (within - TurnsBackAtS) / (LegSeconds - TurnsBackAtS)
            : t <= 0 || t >= On ? 0
            : t < TurnsS ? GivesWayDeg * t / TurnsS
            : t < Off ? GivesWayDeg
            : t < Across ? GivesWayDeg * (1 - ((t - Off) / TurnsS))
            : t < Back ? -GivesWayDeg
            : -GivesWayDeg * (1 - ((t - Back) / TurnsS));
    }
}
