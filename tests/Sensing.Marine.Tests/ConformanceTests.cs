using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Sources;
using Sensing.Marine.Synthetic;
using Sensing.Marine.Tests.Ais;
using Sensing.Marine.Tests.Nmea;
using Sensing.Marine.Tests.Watch;
using Sensing.Testing.Conformance;

namespace Sensing.Marine.Tests;

// One line a part.
public sealed class MarinePipelineConformance() : PipelineConformance<NmeaLine>(Conforming.Pipeline);

public sealed class LogSourceConformance() : SourceConformance<NmeaLine>(Conforming.Log);

public sealed class UntimedLogSourceConformance() : SourceConformance<NmeaLine>(Conforming.UntimedLog);

public sealed class SyntheticSourceConformance() : SourceConformance<NmeaLine>(Conforming.Synthetic);

/// <summary>A voyage with a crossing, radar, a beacon, an anchor, names and bad lines.</summary>
internal static class Conforming
{
    public static PipelineUnderTest<NmeaLine> Pipeline()
    {
        var voyage = new Voyage();
        voyage.OwnShip(240, 10, 0).ClassA(211_000_002, voyage.Meeting(10, 10, 270, 120), 10, 270, 240)
            .ClassA(211_000_003, new GeoPosition(54.2, 10), 12, 180, 100);
        for (int second = 3; second < 200; second += 20)
        {
            string[] named = AisEncoding.Voyage(211_000_002, "CROSSING", "KIEL").Sentences();
            voyage.At(second, named[0]).At(second + 1, "\\c:12*00\\$GPXXX,1*00", Sentences.Of("RATTM,05,3.0,200.0,R,4.0,10.0,R,,,N,,T"))
                .At(second + 2, named[1], "half a line", Sentences.Of("GPGGA,120000,9999.0,N,01000.0,E,1,,,,,,,,"));
        }

        voyage.At(150, Voyage.Report(972_000_001, new GeoPosition(54.05, 10), 0, 0, 14)).At(160, Sentences.Of("PSENS,ACK,211000002"));
        List<NmeaLine> lines = voyage.Lines;
        return new PipelineUnderTest<NmeaLine>
        {
            Create = context => new MarinePipeline(
                new MarineOptions { WarningCpaM = 926, WarningTcpaSeconds = 300, GuardZoneM = 300, Anchor = new AnchorOptions { RadiusM = 500 } }, context.Address),
            Events = MarineEvents.Family,
            Units = lines.Count,
            Read = (first, count) => lines.Skip(first).Take(count),
            Iterations = 3,
        };
    }

    public static SourceUnderTest<NmeaLine> Log() => Of([.. new Voyage().OwnShip(40, 8, 30)
        .At(0, "", "# comment", "broken").At(12, Sentences.Tagged("g:1-2-1", "x")).Lines]);

    public static SourceUnderTest<NmeaLine> UntimedLog() => Of([.. Enumerable.Range(0, 60).Select(i => new NmeaLine(
        new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(100 * i), Sentences.Bytes(Sentences.Of($"IIHDT,{i}.0,T"))))]);

    public static SourceUnderTest<NmeaLine> Synthetic()
    {
        var options = new SyntheticSourceOptions { Seed = 5, DurationSeconds = 40, StartTime = "2026-03-01T12:00:00Z" };
        var voyage = new SyntheticVoyage(options, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return new SourceUnderTest<NmeaLine>
        {
            Open = under => new SyntheticSource(options, under.Context),
            OpenAbsent = under => new SyntheticSource(options with { StartTime = "absent" }, under.Context),
            Readings = line => [Values(line)],
            Expected = [.. Enumerable.Range(0, 40).SelectMany(second => voyage.Read(second)).Select(Values)],
        };
    }

    private static SourceUnderTest<NmeaLine> Of(NmeaLine[] lines)
    {
        var test = new SourceUnderTest<NmeaLine>
        {
            Open = under => new LogSource(new LogSourceOptions { Files = ["voyage.nmea"] }, under.Context),
            OpenAbsent = under => new LogSource(new LogSourceOptions { Files = ["absent.nmea"] }, under.Context),
            Readings = line => [Values(line)],
            Expected = [.. lines.Select(Values)],
        };
        File.WriteAllBytes(Path.Combine(test.Folder, "voyage.nmea"), [.. lines.SelectMany(line => (byte[])[.. line.Text.Span, (byte)'\r', (byte)'\n'])]);
        return test;
    }

    private static TimedValues Values(NmeaLine line) => new(line.Time, [.. line.Text.ToArray().Select(character => (double)character)]);
}
