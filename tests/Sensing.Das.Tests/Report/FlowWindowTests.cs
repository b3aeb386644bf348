using Sensing.Das.Events;
using Sensing.Das.Report;

namespace Sensing.Das.Tests.Report;

public sealed class FlowWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Figures_of_a_window_are_those_computed_by_hand()
    {
        var window = new FlowWindow(5, Start);
        window.See(Start, Start.AddMinutes(5));
        double[] speeds = [50, 60, 70, 80, 90];
        for (int i = 0; i < 5; i++)
        {
            window.Add(new FlowPassage(Start.AddSeconds(10 + (20 * i)).UtcTicks, TravelDirection.Increasing,
                i < 4 ? VehicleClass.Small : VehicleClass.Large, speeds[i], 0.6));
        }

        TrafficFlow all = window.Of(TravelDirection.Increasing, null);
        Assert.Equal(5, all.Count);
        Assert.Equal(60, all.FlowPerHour);
        Assert.Equal(70, all.MeanSpeedKmh);
        Assert.Equal(84, all.Percentile85SpeedKmh); // place 0.85 × 4 = 3.4 between 80 and 90
        Assert.Equal(20, all.MeanHeadwaySeconds);
        Assert.Equal(0.01, all.Occupancy);
        Assert.Equal(300, all.CoveredSeconds);
        Assert.Equal(4, window.Of(TravelDirection.Increasing, VehicleClass.Small).Count);
        TrafficFlow none = window.Of(TravelDirection.Decreasing, null);
        Assert.Equal((0, null, null, null), (none.Count, none.MeanSpeedKmh, none.Percentile85SpeedKmh, none.MeanHeadwaySeconds));
    }

    [Fact]
    public void A_window_seen_in_part_counts_by_the_time_it_was_seen()
    {
        var window = new FlowWindow(5, Start);
        window.See(Start.AddMinutes(4), Start.AddMinutes(6));
        window.Add(new FlowPassage(Start.AddMinutes(4.5).UtcTicks, TravelDirection.Increasing, VehicleClass.Small, 60, 0.6));
        TrafficFlow flow = window.Of(TravelDirection.Increasing, null);
        Assert.Equal((60, 60), (flow.FlowPerHour, flow.CoveredSeconds));
    }
}
