using Sensing.Marine.Encounters;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Benchmarks.Marine;

/// <summary>A random geometry with its class, by another computation: plane triangles with the meridians' convergence, and the sectors' table as it stands.</summary>
internal sealed record RandomEncounter
{
    private const double KnotMs = 1852.0 / 3600, A = 6378137, E2 = 0.00669437999014;
    private const double Margin = 5, LimitMargin = 0.05;

    public required VesselState Own { get; init; }

    public required VesselState Target { get; init; }

    public required RiskLimits Limits { get; init; }

    /// <summary>The class by the table.</summary>
    public required EncounterClass Class { get; init; }

    /// <summary>Near a limit of the table: the class beside it is right too.</summary>
    public required bool IsGrey { get; init; }

    public required double CpaM { get; init; }

    public required double TcpaS { get; init; }

    public required double RangeM { get; init; }

    /// <summary>Standing on in it would be wrong: own ship may have to give way.</summary>
    public bool MustNotStandOn => !IsGrey && Class is EncounterClass.HeadOn or EncounterClass.Overtaking or EncounterClass.CrossingGiveWay;

    /// <summary>Whether the closest approach differs by more than 30 m and 1.2 % of the range. A plane is too inaccurate beyond half an hour.</summary>
    public bool IsBeyondTolerance(Assessment assessment) =>
        Math.Abs(TcpaS) < 1800 && Math.Abs(assessment.Approach!.Value.CpaM - CpaM) > Math.Max(30, 0.012 * RangeM);

    public static RandomEncounter Draw(Random random)
    {
        double lat = Uniform(random, -65, 65), lon = Uniform(random, -180, 180);
        double range = Uniform(random, 500, 20_000), bearing = Uniform(random, 0, 360);
        double ownHeading = Uniform(random, 0, 360), ownSpeed = Uniform(random, 2, 25);
        double targetHeading = Uniform(random, 0, 360), targetSpeed = Uniform(random, 2, 25);

        // Few random ones come close: three of four are placed where their motion leads close by, some of them end on, some overtaking.
        int kind = random.Next(4);
        (targetHeading, targetSpeed) = kind switch
        {
            2 => (ownHeading + 180 + Uniform(random, -4, 4), targetSpeed),
            3 => (ownHeading + Uniform(random, -60, 60), ownSpeed * Uniform(random, 0.3, 0.8)),
            _ => (targetHeading, targetSpeed),
        };
        if (kind > 0)
        {
            double east = (ownSpeed * Sin(ownHeading)) - (targetSpeed * Sin(targetHeading));
            double north = (ownSpeed * Cos(ownHeading)) - (targetSpeed * Cos(targetHeading));
            bearing = Degrees(Math.Atan2(east, north)) + Uniform(random, -4, 4);
        }

        double ownSet = random.Next(3) == 0 ? Uniform(random, -10, 10) : 0, targetSet = random.Next(3) == 0 ? Uniform(random, -10, 10) : 0;

        // The plane touches the middle of the line between the vessels; the axes there lie half the convergence from those of each.
        double half = range / 2;
        double midLat = lat + (Degrees(half * Cos(bearing) / Meridian(lat)));
        double change = Degrees(range * Sin(bearing) / (Prime(midLat) * Cos(midLat)));
        double convergence = change * Sin(midLat);
        double targetLat = lat + Degrees(range * Cos(bearing) / Meridian(midLat));
        double dx = range * Sin(bearing), dy = range * Cos(bearing);
        double ownCourse = ownHeading + ownSet + (convergence / 2), targetCourse = targetHeading + targetSet - (convergence / 2);
        double vx = (targetSpeed * Sin(targetCourse)) - (ownSpeed * Sin(ownCourse)), vy = (targetSpeed * Cos(targetCourse)) - (ownSpeed * Cos(ownCourse));
        vx *= KnotMs;
        vy *= KnotMs;
        double squared = (vx * vx) + (vy * vy);
        double tcpa = squared < 1e-6 ? 0 : -((dx * vx) + (dy * vy)) / squared;
        double cpa = Math.Sqrt(Math.Pow(dx + (vx * tcpa), 2) + Math.Pow(dy + (vy * tcpa), 2));
        double relative = Signed(bearing - (ownHeading + (convergence / 2)));
        double aspect = Signed(bearing + 180 - (targetHeading - (convergence / 2)));
        double off = Math.Abs(relative - aspect);
        off = Math.Min(off, 360 - off);
        bool ownCloses = Cos(bearing - ownCourse) > 0;
        var limits = new RiskLimits(1852, 1800);
        bool risk = cpa < limits.CpaM && tcpa > 0 && tcpa < limits.TcpaS;
        return new RandomEncounter
        {
            Own = Vessel(lat, lon, ownHeading, ownHeading + ownSet, ownSpeed),
            Target = Vessel(targetLat, Signed(lon + change), targetHeading, targetHeading + targetSet, targetSpeed),
            Limits = limits,
            Class = risk ? Table(relative, aspect, off, ownCloses) : EncounterClass.None,
            IsGrey = IsNear(cpa, limits.CpaM, range) || IsNear(tcpa, limits.TcpaS, range) || Math.Abs(tcpa) < 20
                || (risk && (Math.Abs(Math.Abs(aspect) - 112.5) < Margin || Math.Abs(Math.Abs(relative) - 112.5) < Margin
                    || (Math.Abs(relative) < Margin && Table(relative, aspect, off, ownCloses) is EncounterClass.CrossingGiveWay or EncounterClass.CrossingStandOn)
                    || (Math.Abs(aspect) > 112.5 && Math.Abs(Signed(bearing - ownCourse)) is > 85 and < 95)
                    || IsNearlyEndOn(relative, aspect, off))),
            CpaM = cpa,
            TcpaS = tcpa,
            RangeM = range,
        };
    }

    private static EncounterClass Table(double relative, double aspect, double off, bool ownCloses) =>
        Math.Abs(aspect) > 112.5 && ownCloses ? EncounterClass.Overtaking
        : Math.Abs(relative) > 112.5 ? EncounterClass.BeingOvertaken
        : off <= 6 && Math.Abs(relative) <= 5 && Math.Abs(aspect) <= 5 ? EncounterClass.HeadOn
        : relative > 0 ? EncounterClass.CrossingGiveWay : EncounterClass.CrossingStandOn;

    /// <summary>In doubt, and not clearly end on.</summary>
    private static bool IsNearlyEndOn(double relative, double aspect, double off) =>
        off <= 27.5 && Math.Abs(relative) <= 27.5 && Math.Abs(aspect) <= 27.5 && !(off <= 5 && Math.Abs(relative) <= 4 && Math.Abs(aspect) <= 4);

    private static bool IsNear(double value, double limit, double range) => Math.Abs(value - limit) < (LimitMargin * limit) + (0.001 * range);

    private static VesselState Vessel(double lat, double lon, double heading, double course, double knots) => new()
    {
        Position = new GeoPosition(lat, lon),
        HeadingDeg = Positive(heading),
        CourseDeg = Positive(course),
        SpeedMs = knots * KnotMs,
    };

    private static double Uniform(Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    private static double Meridian(double lat) => A * (1 - E2) / Math.Pow(1 - (E2 * Sin(lat) * Sin(lat)), 1.5);

    private static double Prime(double lat) => A / Math.Sqrt(1 - (E2 * Sin(lat) * Sin(lat)));

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private static double Positive(double degrees) => ((degrees % 360) + 360) % 360;

    private static double Signed(double degrees) => ((degrees + 540) % 360 + 360) % 360 - 180;
}
