using System.Globalization;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Tests.Ais;
using Sensing.Marine.Tests.Nmea;
using Sensing.Streams;

namespace Sensing.Marine.Tests.Watch;

/// <summary>Lines of a made-up voyage, and what the pipeline says about it.</summary>
internal sealed class Voyage
{
    public const double Knot = 1852.0 / 3600;

    public static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly StreamAddress Address = new("site", "node", "stream");

    private readonly List<(double Seconds, string Line)> _lines = [];

    public GeoPosition Own { get; init; } = new(54, 10);

    /// <summary>Own ship's sentences, once a second.</summary>
    public Voyage OwnShip(double seconds, double knots, double courseDeg, bool drifts = false)
    {
        for (int second = 0; second <= seconds; second++)
        {
            GeoPosition at = Geodesic.Move(Own, courseDeg, (drifts ? 0.5 : knots * Knot) * second);
            string time = Start.AddSeconds(second).ToString("HHmmss.ff", CultureInfo.InvariantCulture);
            string speed = knots.ToString("0.0", CultureInfo.InvariantCulture), course = courseDeg.ToString("0.0", CultureInfo.InvariantCulture);
            At(second, Sentences.Of($"GPRMC,{time},A,{Degrees(at.LatitudeDeg, "00")},N,{Degrees(at.LongitudeDeg, "000")},E,{speed},{course},010526,,,A"));
            At(second, Sentences.Of($"GPHDT,{course},T"));
        }

        return this;
    }

    /// <summary>Position reports of class A at intervals, of a vessel that keeps straight on.</summary>
    public Voyage ClassA(int mmsi, GeoPosition from, double knots, double courseDeg, double seconds, double interval = 6, int status = 0, double first = 2)
    {
        for (double second = first; second <= seconds; second += interval)
        {
            At(second, Report(mmsi, Geodesic.Move(from, courseDeg, knots * Knot * second), knots, courseDeg, status));
        }

        return this;
    }

    public Voyage At(double second, params string[] lines)
    {
        _lines.AddRange(lines.Select(line => (second, line)));
        return this;
    }

    public List<NmeaLine> Lines => [.. _lines.OrderBy(line => line.Seconds)
        .Select(line => new NmeaLine(Start.AddSeconds(line.Seconds), Sentences.Bytes(line.Line)))];

    public List<SensorEvent> Play(MarineOptions options)
    {
        var events = new List<SensorEvent>();
        using var lines = new System.Reactive.Subjects.Subject<NmeaLine>();
        using IDisposable connection = new MarinePipeline(options, Address).Connect(lines).Subscribe(events.Add);
        Lines.ForEach(lines.OnNext);
        lines.OnCompleted();
        return events;
    }

    public List<(double Seconds, Encounter Encounter)> Encounters(MarineOptions options) => [.. Play(options)
        .Where(item => item.Type == MarineEvents.Encounter.Name)
        .Select(item => ((item.Time - Start).TotalSeconds, MarineEvents.Encounter.Read(item)))];

    public List<(double Seconds, TrackedTarget Target)> Targets(MarineOptions options) => [.. Play(options)
        .Where(item => item.Type == MarineEvents.Target.Name)
        .Select(item => ((item.Time - Start).TotalSeconds, MarineEvents.Target.Read(item)))];

    /// <summary>A target that comes from port or starboard so that it meets own ship, which goes north, after so many seconds.</summary>
    public GeoPosition Meeting(double ownKnots, double targetKnots, double targetCourseDeg, double seconds) => Geodesic.Move(
        Geodesic.Move(Own, 0, ownKnots * Knot * seconds), targetCourseDeg + 180, targetKnots * Knot * seconds);

    public static string Report(int mmsi, GeoPosition at, double knots, double courseDeg, int status = 0) => Body(1, mmsi, at, knots, courseDeg, status).Sentences()[0];

    public static string OwnReport(int mmsi, GeoPosition at) => Body(1, mmsi, at, 0, 0, 0).Sentences(address: "AIVDO")[0];

    public static string ClassB(int mmsi, GeoPosition at, double knots, double courseDeg) => AisEncoding.Header(18, mmsi).Add(0, 8)
        .Add((long)Math.Round(knots * 10), 10).Add(1, 1).Add((long)Math.Round(at.LongitudeDeg * 600_000), 28).Add((long)Math.Round(at.LatitudeDeg * 600_000), 27)
        .Add((long)Math.Round(courseDeg * 10), 12).Add(511, 9).Add(0, 6).Add(0, 29).Sentences()[0];

    private static AisEncoding Body(int type, int mmsi, GeoPosition at, double knots, double courseDeg, int status) => AisEncoding.Header(type, mmsi)
        .Add(status, 4).Add(0, 8).Add((long)Math.Round(knots * 10), 10).Add(1, 1)
        .Add((long)Math.Round(at.LongitudeDeg * 600_000), 28).Add((long)Math.Round(at.LatitudeDeg * 600_000), 27)
        .Add((long)Math.Round(courseDeg * 10), 12).Add((long)Math.Round(courseDeg), 9).Add(0, 6).Add(0, 2).Add(0, 3).Add(0, 1).Add(0, 19);

    private static string Degrees(double degrees, string whole)
    {
        // Rounded first: no minute of 60.
        decimal minutes = Math.Round((decimal)degrees * 60, 6), full = Math.Floor(minutes / 60);
        return full.ToString(whole, CultureInfo.InvariantCulture) + (minutes - (60 * full)).ToString("00.000000", CultureInfo.InvariantCulture);
    }
}
