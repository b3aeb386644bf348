using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Synthetic;

/// <summary>What instruments and an AIS receiver on own ship's bridge send, second by second, of a scripted voyage.</summary>
/// <remarks>All that is random depends on seeds and times alone: the reading may begin anywhere. Errors are those of real equipment: GNSS positions
/// that wander, the steps of AIS' numbers, helms that do not hold a course, reports that come late or never.</remarks>
internal sealed class SyntheticVoyage
{
    public const int OwnMmsi = 200_000_001;

    /// <summary>The voyage begins with the first encounter in sight.</summary>
    public const int BeginsAtS = 255;

    /// <summary>Static data are sent every 6 min.</summary>
    private const double StaticS = 360;

    /// <summary>Error of a GNSS receiver's velocity, each axis, m/s.</summary>
    private const double VelocityErrorMs = 0.05;

    private const double Knot = VesselState.MakesWayMs;

    private static readonly GeoPosition Origin = new(54.46, 10.75);

    private readonly VoyageOptions _options;
    private readonly OwnTrack _own;
    private readonly VoyageScript _script;
    private readonly AisWriter _ais = new();
    private readonly List<(double Seconds, byte[] Line)> _lines = [];
    private IReadOnlyList<ScriptedVessel> _before = [], _now = [];
    private long _leg = long.MinValue;

    /// <param name="options">Seed and errors.</param>
    /// <param name="epoch">Time of second 0 of the lines.</param>
    public SyntheticVoyage(VoyageOptions options, DateTimeOffset epoch)
    {
        (_options, Epoch) = (options, epoch);
        _own = new OwnTrack(options.Seed);
        _script = new VoyageScript(options.Seed, _own);
    }

    public DateTimeOffset Epoch { get; }

    /// <summary>The lines of a second, in order of their times.</summary>
    public IReadOnlyList<NmeaLine> Read(long second)
    {
        double from = second + BeginsAtS;
        _lines.Clear();
        Own(second);
        foreach (ScriptedVessel vessel in Heard(from))
        {
            Transmit(vessel, from);
        }

        return [.. _lines.OrderBy(line => line.Seconds).Select(line => new NmeaLine(Epoch.AddSeconds(line.Seconds - BeginsAtS), line.Line))];
    }

    /// <summary>Who is heard about a time of the voyage, that is about the leg and the one before it.</summary>
    public IEnumerable<ScriptedVessel> Heard(double seconds)
    {
        long leg = (long)Math.Floor(seconds / OwnTrack.LegSeconds);
        if (leg != _leg)
        {
            (_leg, _before, _now) = (leg, leg > 0 ? _script.Leg(leg - 1) : [], _script.Leg(leg));
        }

        return _before.Where(vessel => !double.IsNegative(vessel.FromS)).Concat(_now).Where(vessel => seconds >= vessel.FromS - 1 && seconds <= vessel.UntilS + 1);
    }

    /// <summary>The true state of a vessel, or of own ship.</summary>
    /// <param name="place">Its place at a time.</param>
    /// <param name="seconds">Time of the voyage, s.</param>
    public static Motion True(Func<double, PlanePoint> place, double seconds)
    {
        PlanePoint before = place(seconds - 0.5), after = place(seconds + 0.5);
        GeoPosition from = Geo(before), to = Geo(after);
        return new Motion(Geo(place(seconds)), Geodesic.Bearing(from, to), Geodesic.Distance(from, to));
    }

    public Motion TrueOwn(double seconds) => True(_own.At, seconds);

    /// <summary>True distance of a vessel from own ship, m.</summary>
    public double DistanceTo(ScriptedVessel vessel, double seconds) => Geodesic.Distance(Geo(_own.At(seconds)), Geo(vessel.At(seconds)));

    private static GeoPosition Geo(PlanePoint point) => Geodesic.Move(
        Origin, Math.Atan2(point.East, point.North) * 180 / Math.PI, Math.Sqrt((point.East * point.East) + (point.North * point.North)));

    /// <summary>What a GNSS receiver makes of it.</summary>
    private static Motion Measured(Motion truth, ulong key, double errorM, double seconds)
    {
        // The deviation is of each axis; most of it lasts for minutes.
        double east = new Wander(key, 0.95 * errorM, 90, 900).At(seconds) + (0.3 * errorM * SeededNoise.Gaussian(key, (long)(seconds * 8)));
        double north = new Wander(key + 1, 0.95 * errorM, 90, 900).At(seconds) + (0.3 * errorM * SeededNoise.Gaussian(key + 1, (long)(seconds * 8)));
        PlanePoint velocity = PlanePoint.Toward(truth.CourseDeg, truth.SpeedMs) + new PlanePoint(
            VelocityErrorMs * SeededNoise.Gaussian(key + 2, (long)(seconds * 8)), VelocityErrorMs * SeededNoise.Gaussian(key + 3, (long)(seconds * 8)));
        return new Motion(
            Geodesic.Move(truth.Position, Math.Atan2(east, north) * 180 / Math.PI, Math.Sqrt((east * east) + (north * north))),
            Angle.Positive(Math.Atan2(velocity.East, velocity.North) * 180 / Math.PI),
            Math.Sqrt((velocity.East * velocity.East) + (velocity.North * velocity.North)));
    }

    private void Own(long second)
    {
        double at = second + BeginsAtS;
        ulong key = SeededNoise.Key(_options.Seed, 10);
        Motion measured = Measured(TrueOwn(at), key, 0.4 * _options.PositionErrorM, at);
        double heading = HeadingOf(_own.At, at);
        _lines.Add((at, NmeaWriter.Rmc(Epoch.AddSeconds(second), measured.Position, measured.SpeedMs / Knot, measured.CourseDeg)));
        _lines.Add((at + 0.05, NmeaWriter.Heading(heading)));
        double turned = 60 * Angle.Signed(OwnTrack.HeadingAt(at + 0.5) - OwnTrack.HeadingAt(at - 0.5));
        _lines.Add((at + 0.1, NmeaWriter.Turn(turned)));
        if (second % 10 == 0)
        {
            _ais.Begin(1, OwnMmsi);
            PositionFields(measured, NavigationStatus.UnderWayEngine, heading, true, at);
            Send("AIVDO", at + 0.15, (int)second);
        }
    }

    private void Transmit(ScriptedVessel vessel, double from)
    {
        ulong key = SeededNoise.Key(_options.Seed, 11, vessel.Mmsi);
        Reports(vessel, from, vessel.IntervalS, key, (seconds, number) => Position(vessel, seconds, number));
        if (vessel.Kind is not (TargetKind.Aid or TargetKind.Mob))
        {
            Reports(vessel, from, StaticS, key + 100, (_, number) => Static(vessel, number));
        }
    }

    /// <summary>Messages at an interval: those whose reception falls into this second.</summary>
    private void Reports(ScriptedVessel vessel, double from, double interval, ulong key, Action<double, long> write)
    {
        double first = double.IsNegative(vessel.FromS) ? BeginsAtS : vessel.FromS, phase = first + SeededNoise.Uniform(key, -1, 0, Math.Min(interval, 20));
        for (long number = (long)Math.Floor((from - _options.DelaySeconds - phase) / interval); ; number++)
        {
            double sent = phase + (number * interval);
            if (sent >= from + 1)
            {
                return;
            }

            double received = sent + SeededNoise.Uniform(key, (3 * number) + 1, 0.05, 1) * _options.DelaySeconds;
            bool isHeard = SeededNoise.Uniform(key, (3 * number) + 2) >= _options.LostShare;
            if (received >= from && received < from + 1 && sent >= vessel.FromS && sent <= vessel.UntilS && isHeard)
            {
                write(sent, number);
                Send("AIVDM", received, (int)(number % 10));
            }
        }
    }

    private void Send(string address, double seconds, int sequence)
    {
        foreach (byte[] sentence in _ais.Sentences(address, sequence))
        {
            _lines.Add((seconds, sentence));
        }
    }

    private void Position(ScriptedVessel vessel, double seconds, long number)
    {
        bool isAccurate = vessel.Mmsi % 2 == 0;
        Motion measured = Measured(
            True(vessel.At, seconds), SeededNoise.Key(_options.Seed, 12, vessel.Mmsi), (isAccurate ? 0.4 : 1) * _options.PositionErrorM, seconds);
        switch (vessel.Kind)
        {
            case TargetKind.Aid:
                _ais.Begin(21, vessel.Mmsi).Add(vessel.Type, 5).Add(vessel.Name, 20).Add(1, 1);
                Place(measured.Position);
                _ais.Add(0, 30).Add(1, 4).Add(Second(seconds), 6).Add(0, 1).Add(0, 8).Add(1, 1).Add(0, 3);
                break;
            case TargetKind.ClassB:
                _ais.Begin(18, vessel.Mmsi).Add(0, 8).Add(Tenths(measured.SpeedMs / Knot), 10).Add(isAccurate ? 1 : 0, 1);
                Place(measured.Position);
                _ais.Add(Tenths(measured.CourseDeg) % 3600, 12).Add(511, 9).Add(Second(seconds), 6).Add(0, 2).Add(1, 1).Add(0, 26);
                break;
            default:
                double heading = vessel.SpeedMs > 0 ? HeadingOf(vessel.At, seconds) : vessel.CourseDeg;
                _ais.Begin(vessel.Kind == TargetKind.Mob ? 1 : 1 + (int)(number % 3 == 0 ? 2 : 0), vessel.Mmsi);
                PositionFields(measured, vessel.Status, vessel.Kind == TargetKind.Mob ? 511 : heading, isAccurate, seconds);
                break;
        }
    }

    private void Static(ScriptedVessel vessel, long number)
    {
        if (vessel.Kind == TargetKind.ClassB)
        {
            // Both parts in turn; the receiver joins them.
            if (number % 2 == 0)
            {
                _ais.Begin(24, vessel.Mmsi).Add(0, 2).Add(vessel.Name, 20);
            }
            else
            {
                _ais.Begin(24, vessel.Mmsi).Add(1, 2).Add(vessel.Type, 8).Add("SYN", 7).Add(CallSign(vessel), 7);
                Size(vessel);
                _ais.Add(0, 6);
            }

            return;
        }

        _ais.Begin(5, vessel.Mmsi).Add(0, 2).Add(0, 30).Add(CallSign(vessel), 7).Add(vessel.Name, 20).Add(vessel.Type, 8);
        Size(vessel);
        _ais.Add(1, 4).Add(5, 4).Add(1, 5).Add(6, 5).Add(0, 6).Add(60, 8).Add("SYNTHETIC", 20).Add(0, 2);
    }

    private void PositionFields(Motion measured, int status, double headingDeg, bool isAccurate, double seconds)
    {
        bool isDistress = status == NavigationStatus.Distress;
        _ais.Add(status, 4).Add(-128, 8).Add(isDistress ? 0 : Tenths(measured.SpeedMs / Knot), 10).Add(isAccurate ? 1 : 0, 1);
        Place(measured.Position);
        _ais.Add(isDistress ? 3600 : Tenths(measured.CourseDeg) % 3600, 12)
            .Add(headingDeg > 360 ? 511 : (long)Math.Round(headingDeg) % 360, 9).Add(Second(seconds), 6).Add(0, 2).Add(0, 3).Add(0, 1).Add(0, 19);
    }

    private void Place(GeoPosition at) => _ais.Add((long)Math.Round(at.LongitudeDeg * 600_000), 28).Add((long)Math.Round(at.LatitudeDeg * 600_000), 27);

    private void Size(ScriptedVessel vessel)
    {
        int beam = Math.Max(4, vessel.LengthM / 6);
        _ais.Add(vessel.LengthM - (vessel.LengthM / 5), 9).Add(vessel.LengthM / 5, 9).Add(beam / 2, 6).Add(beam - (beam / 2), 6);
    }

    private long Second(double seconds) => Epoch.AddSeconds(seconds - BeginsAtS).Second;

    private static double HeadingOf(Func<double, PlanePoint> place, double seconds) => True(place, seconds).CourseDeg;

    private static string CallSign(ScriptedVessel vessel) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SYN{vessel.Mmsi % 1000:000}");

    private static long Tenths(double value) => (long)Math.Round(10 * value);
}
