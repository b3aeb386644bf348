using Sensing.Marine.Encounters;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Synthetic;

/// <summary>Who meets own ship when: three encounters a leg and what lies about, the same for the same seed.</summary>
/// <remarks>The classes follow from how the encounters are laid out: each vessel is placed where own ship's course, kept, would meet it, well inside
/// the sector of its class. Vessels go out of reception a while after they have passed, and are forgotten before own ship turns back.</remarks>
internal sealed class VoyageScript
{
    private const double Mile = 1852, Knot = VesselState.MakesWayMs;

    /// <summary>Heard so long before the closest approach, and so long after.</summary>
    private const double LeadS = 640, TailS = 330;

    /// <summary>Times of the closest approaches within a leg.</summary>
    private const double FirstS = 900, SecondS = 1850, ThirdS = 2450;

    private const double ForEver = double.MaxValue;

    private static readonly string[] Names =
    [
        "ALBATROSS", "BALTIC TRADER", "CORMORANT", "DUNLIN", "EIDER", "FULMAR", "GANNET", "HERON", "IBIS", "JAEGER", "KITTIWAKE", "LITTLE AUK",
        "MERGANSER", "NORTHERN DIVER", "OYSTERCATCHER", "PETREL", "RAZORBILL", "SKUA", "TURNSTONE", "WHIMBREL",
    ];

    /// <summary>First encounter of a leg: own ship gives way by altering course to starboard.</summary>
    private static readonly Meeting[] First =
    [
        new(275, 11, 0.12, EncounterClass.CrossingGiveWay, EncounterDuty.GiveWay),
        new(181, 13, 0.08, EncounterClass.HeadOn, EncounterDuty.BothGiveWay),
        new(75, 4, 0.2, EncounterClass.CrossingGiveWay, EncounterDuty.GiveWay) { Status = NavigationStatus.Fishing, Type = 30, LengthM = 24 },
        new(250, 14, 0.1, EncounterClass.CrossingGiveWay, EncounterDuty.GiveWay) { Type = 80, LengthM = 180 },
    ];

    private static readonly Meeting[] Second =
    [
        new(85, 12, 0.3, EncounterClass.CrossingStandOn, EncounterDuty.StandOn),
        new(3, 19.5, -0.3, EncounterClass.BeingOvertaken, EncounterDuty.StandOn) { Type = 40, LengthM = 60 },
        new(100, 9, -0.3, EncounterClass.CrossingStandOn, EncounterDuty.StandOn) { Kind = TargetKind.ClassB, Type = 37, LengthM = 12 },
        new(357, 5, 0.3, EncounterClass.Overtaking, EncounterDuty.GiveWay) { Type = 52, LengthM = 30 },
    ];

    private static readonly Meeting[] Third =
    [
        new(2, 4.5, -0.35, EncounterClass.Overtaking, EncounterDuty.GiveWay) { Kind = TargetKind.ClassB, Type = 36, LengthM = 11 },
        new(80, 15, -0.4, EncounterClass.CrossingStandOn, EncounterDuty.StandOn) { Type = 60, LengthM = 140 },
        new(358, 18.5, 0.35, EncounterClass.BeingOvertaken, EncounterDuty.StandOn),
    ];

    private readonly long _seed;
    private readonly OwnTrack _own;

    public VoyageScript(long seed, OwnTrack own) => (_seed, _own) = (seed, own);

    /// <summary>Who is heard at some time of a leg, in a fixed order.</summary>
    public IReadOnlyList<ScriptedVessel> Leg(long leg)
    {
        ulong key = SeededNoise.Key(_seed, 2, leg);
        return
        [
            Met(leg, 0, FirstS, First[leg % First.Length], key),
            Met(leg, 1, SecondS, Second[leg % Second.Length], key),
            Met(leg, 2, ThirdS, Third[leg % Third.Length], key),
            Passing(leg, key),
            .. About(leg),
            .. leg % 3 == 2 ? [Overboard(leg, key)] : Array.Empty<ScriptedVessel>(),
        ];
    }

    private ScriptedVessel Met(long leg, int slot, double atS, Meeting meeting, ulong key)
    {
        long draw = 10 * (slot + 1);
        double begin = (leg * OwnTrack.LegSeconds) + atS - LeadS, course = OwnTrack.CourseOf(leg);
        double targetCourse = course + meeting.CourseDeg + SeededNoise.Uniform(key, draw, -3, 3) * (meeting.Class == EncounterClass.HeadOn ? 0.4 : 1);
        double speed = (meeting.SpeedKn + SeededNoise.Uniform(key, draw + 1, -0.5, 0.5)) * Knot;

        // The line on which it passes own ship: beside the meeting point, square to the motion relative to own ship.
        PlanePoint meet = _own.SteadyAt(begin) + PlanePoint.Toward(course, OwnTrack.SpeedMs * LeadS);
        PlanePoint relative = PlanePoint.Toward(targetCourse, speed) - PlanePoint.Toward(course, OwnTrack.SpeedMs);
        double direction = Math.Atan2(relative.East, relative.North) * 180 / Math.PI;
        double aside = meeting.AsideMiles * SeededNoise.Uniform(key, draw + 2, 0.9, 1.1) * Mile;
        return Vessel(leg, slot, meeting.Kind) with
        {
            Status = meeting.Status,
            Type = meeting.Type,
            LengthM = meeting.LengthM,
            FromS = begin,
            UntilS = begin + LeadS + TailS,
            From = meet + PlanePoint.Toward(direction + 90, aside) - PlanePoint.Toward(targetCourse, speed * LeadS),
            CourseDeg = Angle.Positive(targetCourse),
            SpeedMs = speed,
            Class = meeting.Class,
            Duty = meeting.Duty,
        };
    }

    /// <summary>A vessel that keeps well clear.</summary>
    private ScriptedVessel Passing(long leg, ulong key)
    {
        double begin = (leg * OwnTrack.LegSeconds) + SeededNoise.Uniform(key, 90, 300, 900), course = OwnTrack.CourseOf(leg);
        return Vessel(leg, 3, TargetKind.ClassA) with
        {
            FromS = begin,
            UntilS = begin + 1500,
            From = _own.SteadyAt(begin) + PlanePoint.Toward(course, 4 * Mile) + PlanePoint.Toward(course - 90, 2.6 * Mile),
            CourseDeg = Angle.Positive(course + 176),
            SpeedMs = 10 * Knot,
            LengthM = 110,
        };
    }

    /// <summary>Buoys along the way and a vessel at anchor; always there.</summary>
    private IEnumerable<ScriptedVessel> About(long leg)
    {
        double course = OwnTrack.CourseOf(0);
        for (int i = 0; i < 6; i++)
        {
            PlanePoint beside = PlanePoint.Toward(course, ((2 * i) + 1) * Mile) + PlanePoint.Toward(course + (i % 2 == 0 ? 90 : -90), 0.9 * Mile);
            yield return Always(992_001_001 + i, $"FAIRWAY {i + 1}", TargetKind.Aid, beside) with { Type = i % 2 == 0 ? 25 : 24, LengthM = 0 };
        }

        yield return Always(200_000_901, "SILVER TERN", TargetKind.ClassA, PlanePoint.Toward(course, 3.4 * Mile) + PlanePoint.Toward(course + 90, 1.3 * Mile)) with
        {
            Status = NavigationStatus.AtAnchor,
            CourseDeg = 250,
            LengthM = 130,
        };
    }

    /// <summary>A person's beacon near own ship's way.</summary>
    private ScriptedVessel Overboard(long leg, ulong key)
    {
        double begin = (leg * OwnTrack.LegSeconds) + 2900, course = OwnTrack.CourseOf(leg);
        return new ScriptedVessel
        {
            Mmsi = 972_000_001 + (int)(leg % 900),
            Name = "MOB",
            Kind = TargetKind.Mob,
            Status = NavigationStatus.Distress,
            FromS = begin,
            UntilS = begin + 420,
            From = _own.SteadyAt(begin) + PlanePoint.Toward(course + SeededNoise.Uniform(key, 95, -60, 60), 0.7 * Mile),
            Helm = new Wander(SeededNoise.Key(_seed, 3, leg), 0, 60, 240),
        };
    }

    private ScriptedVessel Vessel(long leg, int slot, TargetKind kind)
    {
        long number = (4 * leg) + slot;
        return new ScriptedVessel
        {
            Mmsi = 200_000_100 + (int)(number % 800),
            Name = Names[(int)(number % Names.Length)],
            Kind = kind,
            FromS = 0,
            UntilS = 0,
            From = default,
            Helm = new Wander(SeededNoise.Key(_seed, 4, leg, slot), 2.5, 60, 300),
        };
    }

    private ScriptedVessel Always(int mmsi, string name, TargetKind kind, PlanePoint place) => new()
    {
        Mmsi = mmsi,
        Name = name,
        Kind = kind,
        FromS = double.MinValue,
        UntilS = ForEver,
        From = place,
        Helm = new Wander(SeededNoise.Key(_seed, 5, mmsi), 2, 200, 900),
    };

    /// <summary>An encounter's geometry.</summary>
    /// <param name="CourseDeg">Target's course against own ship's.</param>
    /// <param name="SpeedKn">Target's speed.</param>
    /// <param name="AsideMiles">Where it would pass if nobody acted: to the right of its motion relative to own ship, or to the left.</param>
    /// <param name="Class">Class that follows.</param>
    /// <param name="Duty">Duty that follows.</param>
    private sealed record Meeting(double CourseDeg, double SpeedKn, double AsideMiles, EncounterClass Class, EncounterDuty Duty)
    {
        public TargetKind Kind { get; init; } = TargetKind.ClassA;

        public int Status { get; init; }

        public int Type { get; init; } = 70;

        public int LengthM { get; init; } = 90;
    }
}
