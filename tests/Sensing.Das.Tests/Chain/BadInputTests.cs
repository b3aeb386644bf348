using Sensing.Das.Events;
using Sensing.Das.Synthetic;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Das.Tests.Chain;

public sealed class BadInputTests
{
    [Fact]
    public void A_gap_is_told_and_vehicles_are_found_after_it()
    {
        var road = new SyntheticScenario(ChainFixture.Road);
        List<SensorEvent> events = ChainFixture.Run([road.Read(0, 1000), road.Read(1500, 3500)]);
        (StreamNotice notice, SensorEvent told) = Assert.Single(Notices(events));
        Assert.Equal("gap", notice.Code);
        Assert.Contains("10 s", notice.Message, StringComparison.Ordinal);
        Assert.Equal(road.Epoch.AddSeconds(30), told.Time);
        Assert.Contains(events, e => e.Type == DasEvents.Vehicle.Name && e.Time > told.Time);
    }

    [Fact]
    public void Time_that_steps_back_is_told_and_the_stream_goes_on()
    {
        var road = new SyntheticScenario(ChainFixture.Road);
        List<SensorEvent> events = ChainFixture.Run([road.Read(3000, 1000), road.Read(0, 3500)]);
        (StreamNotice notice, _) = Assert.Single(Notices(events));
        Assert.Equal("time-backwards", notice.Code);
        Assert.Contains("80 s", notice.Message, StringComparison.Ordinal);
        Assert.Contains(events, e => e.Type == DasEvents.Vehicle.Name && e.Time < road.Epoch.AddSeconds(60));
    }

    [Fact]
    public void Another_number_of_channels_is_told_and_the_chain_begins_anew()
    {
        var road = new SyntheticScenario(ChainFixture.Road);
        var wider = new SyntheticScenario(ChainFixture.Road with { Channels = 48 });
        List<SensorEvent> events = ChainFixture.Run([road.Read(0, 1000), wider.Read(1000, 3500)]);
        (StreamNotice notice, _) = Assert.Single(Notices(events));
        Assert.Equal("channels-changed", notice.Code);
        Assert.Contains("40 channels", notice.Message, StringComparison.Ordinal);
        Assert.Contains("48", notice.Message, StringComparison.Ordinal);
        Assert.Contains(events, e => e.Type == DasEvents.Vehicle.Name);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_told_once_and_cost_no_vehicle()
    {
        using DasBlock clean = ChainFixture.Whole(70), dirty = ChainFixture.Whole(70);
        for (int r = 1000; r < 1010; r++)
        {
            dirty.Row(r)[7] = float.NaN;
            dirty.Row(r)[8] = float.PositiveInfinity;
        }

        List<SensorEvent> expected = Vehicles(ChainFixture.Run(clean, [500]));
        List<SensorEvent> events = ChainFixture.Run(dirty, [500]);
        (StreamNotice notice, _) = Assert.Single(Notices(events));
        Assert.Equal("not-a-number", notice.Code);
        Assert.Equal("sample 1000, channel 7", notice.Position);
        Assert.Equal(expected.Count, Vehicles(events).Count);
    }

    [Fact]
    public void Blocks_that_join_under_another_epoch_are_no_gap()
    {
        var road = new SyntheticScenario(ChainFixture.Road);
        using DasBlock second = road.Read(1000, 500);
        var renamed = new DasBlock(second.Geometry, second.Time, 0, 500);
        second.Values.CopyTo(renamed.Values);
        Assert.Empty(Notices(ChainFixture.Run([road.Read(0, 1000), renamed])));
    }

    private static List<(StreamNotice Notice, SensorEvent Event)> Notices(List<SensorEvent> events) =>
        [.. events.Where(e => e.Type == NodeEvents.Notice.Name).Select(e => (NodeEvents.Notice.Read(e), e))];

    private static List<SensorEvent> Vehicles(List<SensorEvent> events) =>
        [.. events.Where(e => e.Type == DasEvents.Vehicle.Name)];
}
