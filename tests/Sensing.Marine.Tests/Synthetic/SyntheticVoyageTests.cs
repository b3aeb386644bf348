using Sensing.Events;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Synthetic;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;
using Sensing.Streams;

namespace Sensing.Marine.Tests.Synthetic;

/// <summary>The whole pipeline on synthetic voyages, decoder first: what it says is what the script laid out.</summary>
public sealed class SyntheticVoyageTests
{
    private static readonly StreamContext Context = new(new StreamAddress("site", "node", "bridge"), TimeProvider.System, Path.GetTempPath());

    [Theory]
    [TimeLimit(minutes: 3, reason: "voyages of four hours through the whole pipeline")]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Classes_and_duties_are_the_scripted_ones_and_nothing_else_is_an_encounter(int seed)
    {
        const int Legs = 4;
        var options = new SyntheticSourceOptions { Seed = seed, DurationSeconds = (Legs * OwnTrack.LegSeconds) - SyntheticVoyage.BeginsAtS };
        await using var source = new SyntheticSource(options, Context);
        List<SensorEvent> events = await Benchmarks.Marine.WatchedLog.PlayAsync(source, new MarineOptions(), TestContext.Current.CancellationToken);
        Encounter[] said = [.. events.Where(item => item.Type == MarineEvents.Encounter.Name).Select(MarineEvents.Encounter.Read)];
        var script = new VoyageScript(seed, new OwnTrack(seed));
        ScriptedVessel[] vessels = [.. Enumerable.Range(0, Legs).SelectMany(leg => script.Leg(leg))];

        foreach (ScriptedVessel vessel in vessels.Where(vessel => vessel.Class != EncounterClass.None))
        {
            Encounter[] of = [.. said.Where(item => item.Target == vessel.Mmsi.ToString("D9") && item.Class != EncounterClass.None)];
            Assert.NotEmpty(of);
            Assert.All(of, item => Assert.Equal((vessel.Class, vessel.Duty), (item.Class, item.Duty)));
        }

        // No duty where none was laid out, least of all to stand on.
        var met = vessels.Where(vessel => vessel.Class != EncounterClass.None).Select(vessel => vessel.Mmsi.ToString("D9")).ToHashSet();
        Assert.DoesNotContain(said, item => item.Class != EncounterClass.None && !met.Contains(item.Target));
        Assert.Contains(said, item => item is { Kind: TargetKind.Mob, Level: AlertLevel.Alarm, Reason: AlertReason.Distress });
        string[] names = [.. events.Where(item => item.Type == MarineEvents.Target.Name).Select(item => MarineEvents.Target.Read(item).Name ?? "").Distinct()];
        Assert.All(vessels.Where(vessel => vessel.Kind == TargetKind.ClassA), vessel => Assert.Contains(vessel.Name, names));
        Assert.DoesNotContain(events, item => item.Type == Sensing.Events.Node.NodeEvents.Notice.Name);
    }

    [Fact]
    public async Task Lines_are_real_sentences_and_the_same_wherever_the_reading_begins()
    {
        var options = new SyntheticSourceOptions { DurationSeconds = 300 };
        await using var source = new SyntheticSource(options, Context);
        List<SourceItem<NmeaLine>> all = await ReadAsync(source, null);
        Assert.All(all, item => Assert.Equal(Sensing.Marine.Nmea.NmeaRefusal.None, Sensing.Marine.Nmea.NmeaSentence.Read(item.Sample!.Text.Span, out _)));
        List<SourceItem<NmeaLine>> rest = await ReadAsync(source, all[400].Next);
        Assert.Equal(all.Skip(401).Select(Text), rest.Select(Text));

        static string Text(SourceItem<NmeaLine> item) => $"{item.Sample!.Time:O} {System.Text.Encoding.ASCII.GetString(item.Sample.Text.Span)}";
    }

    [Fact]
    [TimeLimit(minutes: 3, reason: "a voyage of four hours through the whole pipeline")]
    public async Task Reported_errors_of_closest_approaches_are_true_standard_deviations()
    {
        var voyage = new SyntheticSourceOptions { Seed = 77, DurationSeconds = 4 * OwnTrack.LegSeconds };
        List<Benchmarks.Marine.ApproachCoverage.Comparison> all = await Benchmarks.Marine.ApproachCoverage.PlayAsync(voyage, TestContext.Current.CancellationToken);
        Assert.True(all.Count > 500, $"{all.Count} comparisons");
        (double cpaOne, double tcpaOne) = Benchmarks.Marine.ApproachCoverage.Within(all, 1);
        (double cpaTwo, double tcpaTwo) = Benchmarks.Marine.ApproachCoverage.Within(all, 2);
        Assert.InRange(cpaOne, 0.58, 0.85);
        Assert.InRange(tcpaOne, 0.58, 0.85);
        Assert.InRange(cpaTwo, 0.91, 1);
        Assert.InRange(tcpaTwo, 0.91, 1);
    }

    [Fact]
    public void Own_ship_comes_back_to_where_it_began()
    {
        var track = new OwnTrack(1);
        PlanePoint begin = track.SteadyAt(0), end = track.SteadyAt(2 * OwnTrack.LegSeconds), turned = track.SteadyAt(OwnTrack.LegSeconds);
        Assert.Equal(0, begin.East - end.East, 1e-6);
        Assert.Equal(0, begin.North - end.North, 1e-6);
        Assert.InRange(Math.Sqrt((turned.East * turned.East) + (turned.North * turned.North)) / 1852, 10, 12);
    }

    private static async Task<List<SourceItem<NmeaLine>>> ReadAsync(SyntheticSource source, SourcePosition? after)
    {
        var items = new List<SourceItem<NmeaLine>>();
        await foreach (SourceItem<NmeaLine> item in source.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            items.Add(item);
        }

        return items;
    }
}
