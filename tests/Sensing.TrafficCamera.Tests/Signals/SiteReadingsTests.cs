using Sensing.Events;
using Sensing.Modules.SiteEvents;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;
using Sensing.TrafficCamera.Tests.Events;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Signals;

public sealed class SiteReadingsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_reading_has_every_figure_that_the_camera_published()
    {
        LaneState published = TrafficEventsTests.State().Lanes[0];
        LaneReading lane = Assert.Single(Read(TrafficEventsTests.State()).Lanes);
        Assert.Equal(
            new LaneReading
            {
                Lane = 1,
                Count = published.Vehicles,
                Queue = 2,
                QueueM = published.QueueM,
                Index = published.Index,
                DensityPerKm = published.DensityPerKmLane,
                MeanSpeedKmh = published.MeanSpeedKmh,
                Passed = published.Passed,
                Clearing = 1,
            },
            lane);
    }

    [Fact]
    public void What_an_older_node_did_not_publish_is_absent()
    {
        ApproachState state = TrafficEventsTests.State();
        LaneState old = state.Lanes[0] with { QueueVehicles = null, ClearingVehicles = null };
        LaneReading lane = Assert.Single(Read(state with { Lanes = [old] }).Lanes);
        Assert.Null(lane.Queue);
        Assert.Null(lane.Clearing);
    }

    private static ApproachReading Read(ApproachState state)
    {
        var found = new List<ApproachReading>();
        SensorEvent published = TrafficEvents.Approach.Create(new StreamAddress("city", "camera", "north"), Noon, "", state);
        new SiteReadings().Next(new SiteEvent(published, Noon), found.Add);
        return Assert.Single(found);
    }
}
