using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Targets;
using Sensing.Marine.Tests.Nmea;
using Sensing.Marine.Vessels;
using Sensing.Marine.Watch;

namespace Sensing.Marine.Tests.Watch;

public sealed class WatchTests
{
    private const int Other = 211_000_002;

    private static readonly MarineOptions Limits = new() { WarningCpaM = 926, WarningTcpaSeconds = 600, AlarmCpaM = 400, AlarmTcpaSeconds = 300 };

    [Fact]
    public void A_crossing_is_reported_when_it_begins_when_it_gets_urgent_and_when_it_is_past()
    {
        List<(double Seconds, Encounter Encounter)> said = Crossing(700).Encounters(Limits);

        Assert.Equal(
            [
                (EncounterClass.CrossingGiveWay, AlertLevel.Warning), (EncounterClass.CrossingGiveWay, AlertLevel.Alarm),
                (EncounterClass.None, AlertLevel.Alarm), (EncounterClass.None, AlertLevel.None),
            ],
            said.Select(item => (item.Encounter.Class, item.Encounter.Level)));
        Assert.Equal("Crossing, target to starboard: give way, rule 15", said[0].Encounter.Advice);
        Assert.InRange(said[1].Seconds, 300, 305);
        Assert.All(said, item => Assert.Equal("211000002", item.Encounter.Target));
        Assert.InRange(said[1].Encounter.CpaErrorM!.Value, 10, 200);
    }

    [Fact]
    public void Own_ship_is_never_a_target_whether_it_names_itself_or_the_options_do()
    {
        Voyage voyage = new Voyage().OwnShip(60, 10, 0).ClassA(211_000_001, new GeoPosition(54, 10), 10, 0, 60);
        Assert.NotEmpty(voyage.Targets(Limits));
        Assert.Empty(voyage.Targets(Limits with { Mmsi = 211_000_001 }));
        Assert.Empty(voyage.At(0, Voyage.OwnReport(211_000_001, new GeoPosition(54, 10))).Targets(Limits));
    }

    [Fact]
    public void A_target_is_confirmed_lost_and_removed_by_its_class()
    {
        var from = new GeoPosition(54.1, 10);
        var voyage = new Voyage();
        voyage.OwnShip(620, 5, 0).ClassA(Other, from, 10, 90, 20);
        string b = Voyage.ClassB(211_000_003, from, 5, 90);
        voyage.At(5, b).At(40, b).At(80, b);
        List<(double Seconds, TrackedTarget Target)> seen = voyage.Targets(Limits);

        Assert.Equal([(9.0, TargetState.Confirmed), (380.5, TargetState.Lost), (560.5, TargetState.Removed)], States(seen, "211000002"), Near);
        Assert.Equal([(6.0, TargetState.Unconfirmed), (81.0, TargetState.Confirmed), (440.5, TargetState.Lost), (620.5, TargetState.Removed)], States(seen, "211000003"), Near);

        static bool Near((double Seconds, TargetState State) a, (double Seconds, TargetState State) b) => a.State == b.State && Math.Abs(a.Seconds - b.Seconds) < 10.1;

        static IEnumerable<(double Seconds, TargetState State)> States(List<(double Seconds, TrackedTarget Target)> seen, string target)
        {
            TargetState? last = null;
            foreach ((double seconds, TrackedTarget one) in seen.Where(item => item.Target.Target == target))
            {
                if (one.State != last)
                {
                    yield return (seconds, one.State);
                }

                last = one.State;
            }
        }
    }

    [Theory]
    [InlineData(970_000_001, TargetKind.Sart)]
    [InlineData(972_000_001, TargetKind.Mob)]
    [InlineData(974_000_001, TargetKind.Epirb)]
    public void A_distress_beacon_alarms_at_once_even_where_it_is_muted(int mmsi, TargetKind kind)
    {
        (double seconds, Encounter encounter) = Assert.Single(new Voyage().OwnShip(30, 0, 0)
            .At(10.5, Voyage.Report(mmsi, new GeoPosition(54.2, 10), 0, 0, NavigationStatus.Distress))
            .Encounters(Limits with { MutedMmsi = [mmsi] }));
        Assert.Equal((11, kind, AlertLevel.Alarm, AlertReason.Distress), (seconds, encounter.Kind, encounter.Level, encounter.Reason));
    }

    [Fact]
    public void At_rest_there_are_no_alarms_of_approaches_but_the_guard_zone_serves()
    {
        Voyage voyage = new Voyage().OwnShip(400, 0, 0).ClassA(Other, Geodesic.Move(new GeoPosition(54, 10), 0, 1500), 6, 180, 400);
        Assert.Empty(voyage.Encounters(Limits));
        List<(double Seconds, Encounter Encounter)> said = voyage.Encounters(Limits with { GuardZoneM = 500 });
        Assert.Equal((AlertLevel.Alarm, AlertReason.GuardZone), (said[0].Encounter.Level, said[0].Encounter.Reason));
        Assert.InRange(said[0].Encounter.RangeM!.Value, 480, 500);
    }

    [Fact]
    public void The_anchor_watch_alarms_where_own_ship_leaves_its_circle()
    {
        List<(double Seconds, Encounter Encounter)> said = new Voyage().OwnShip(200, 0, 90, drifts: true)
            .Encounters(Limits with { Profile = WatchProfile.Anchor, Anchor = new AnchorOptions { RadiusM = 40 } });
        (double seconds, Encounter encounter) = Assert.Single(said);
        Assert.Equal(("own-ship", AlertLevel.Alarm, AlertReason.Anchor), (encounter.Target, encounter.Level, encounter.Reason));
        Assert.InRange(seconds, 84, 90);
    }

    [Fact]
    public void A_muted_target_is_silent_and_an_acknowledged_one_says_so()
    {
        Assert.Empty(Crossing(700).Encounters(Limits with { MutedMmsi = [Other] }));
        Assert.Empty(Crossing(700).At(10, Sentences.Of($"PSENS,MUTE,{Other}")).Encounters(Limits));
        List<(double Seconds, Encounter Encounter)> said = Crossing(700).At(400, Sentences.Of($"PSENS,ACK,{Other}")).Encounters(Limits);
        Assert.False(said[1].Encounter.Acknowledged);
        Assert.Contains(said, item => item.Seconds > 400 && item.Encounter is { Level: AlertLevel.Alarm, Acknowledged: true });
    }

    [Fact]
    public void A_target_that_the_radar_sees_where_ais_has_it_is_one_target()
    {
        Voyage voyage = new Voyage().OwnShip(60, 0, 0).ClassA(Other, Geodesic.Move(new GeoPosition(54, 10), 45, 3704), 0, 0, 60);
        for (int second = 20; second < 60; second += 3)
        {
            voyage.At(second, Sentences.Of("RATTM,01,2.00,45.0,T,0.0,0.0,T,,,N,,T"), Sentences.Of("RATTM,02,4.00,90.0,T,5.0,270.0,T,,,N,,T"));
        }

        List<(double Seconds, TrackedTarget Target)> seen = voyage.Targets(Limits);
        Assert.Equal(["211000002", "radar-2"], seen.Select(item => item.Target.Target).Distinct().Order());
        TrackedTarget ais = seen.Last(item => item.Target.Target == "211000002").Target, radar = seen.Last(item => item.Target.Target == "radar-2").Target;
        Assert.Equal((true, TargetState.Confirmed), (ais.OnRadar, radar.State));
        Assert.Equal(7408, radar.RangeM!.Value, 60.0);
        Assert.Equal(5, radar.SpeedKn!.Value, 0.01);
    }

    [Fact]
    public void The_duty_does_not_turn_over_when_own_ship_acts()
    {
        // Own ship turns to starboard until the target is abaft its beam: the class by the moment's geometry would be another.
        var voyage = new Voyage();
        GeoPosition target = voyage.Meeting(10, 10, 270, 500);
        voyage.ClassA(Other, target, 10, 270, 700).OwnShip(200, 10, 0);
        GeoPosition at = Geodesic.Move(voyage.Own, 0, 200 * 10 * Voyage.Knot);
        Voyage turned = new() { Own = at };
        turned.OwnShip(400, 10, 60);
        foreach (NmeaLine line in turned.Lines)
        {
            voyage.At((line.Time - Voyage.Start).TotalSeconds + 200.5, System.Text.Encoding.ASCII.GetString(line.Text.Span));
        }

        EncounterClass[] classes = [.. voyage.Encounters(Limits).Select(item => item.Encounter.Class).Distinct()];
        Assert.Equal([EncounterClass.CrossingGiveWay, EncounterClass.None], classes);
    }

    [Fact]
    public async Task The_recordings_have_the_classes_that_are_expected_of_them()
    {
        string? path = Testing.SharedFolder.Find("data", "marine", "encounters", "expected.json");
        Assert.SkipWhen(path is null, "../shared/data/marine/encounters is not there.");
        foreach (Benchmarks.Marine.ExpectedEncounters expected in Benchmarks.Marine.ExpectedEncounters.Read(path))
        {
            var options = new MarineOptions { WarningCpaM = expected.CpaM, WarningTcpaSeconds = expected.TcpaS, AlarmCpaM = expected.CpaM / 2 };
            List<Sensing.Events.SensorEvent> events = await Benchmarks.Marine.WatchedLog.PlayAsync(
                Path.Combine(Path.GetDirectoryName(path)!, expected.Log), options, TestContext.Current.CancellationToken);
            Assert.Empty(expected.Violations(Benchmarks.Marine.WatchedLog.Changes(events)));
        }
    }

    /// <summary>A target from starboard that meets own ship after 600 s.</summary>
    private static Voyage Crossing(double seconds)
    {
        var voyage = new Voyage();
        return voyage.OwnShip(seconds, 10, 0).ClassA(Other, voyage.Meeting(10, 10, 270, 600), 10, 270, seconds);
    }
}
