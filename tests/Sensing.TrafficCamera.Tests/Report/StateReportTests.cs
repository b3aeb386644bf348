using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Counts;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Report;

public sealed class StateReportTests
{
    private static readonly Carriageway Road = Views.Carriageway(Views.Road());

    [Fact]
    public void The_index_is_the_footprints_share_of_the_road()
    {
        ApproachState state = Run(_ => [Moving.Car(1, 1.75, 20, -10), Moving.Car(2, 5.25, 30, -10, lane: 2)], 3)[^1];
        Assert.Equal(2 * 1.8 * 4.5 / (7 * 60), state.Index, 3);
        Assert.Equal(1.8 * 4.5 / (3.5 * 60), state.Lanes[0].Index, 3);
        Assert.Equal(2 / 0.12, state.DensityPerKmLane, 1);
        Assert.Equal(36, state.MeanSpeedKmh);

        // Two at ±0.54 m/s, and a tenth of the speed for the set-up's length.
        Assert.Equal(3.6 * Math.Sqrt((((0.2 * 0.2) + (0.5 * 0.5)) / 2) + 1), state.SpeedStandardErrorKmh!.Value, 1);
    }

    [Fact]
    public void A_vehicle_over_two_lanes_covers_both()
    {
        ApproachState state = Run(_ => [Moving.Car(1, 3.5, 20, -10)], 3)[^1];
        Assert.Equal(state.Lanes[0].Index, state.Lanes[1].Index, 3);
    }

    [Fact]
    public void A_queue_reaches_from_the_head_to_its_last_vehicle()
    {
        ApproachState state = Run(
            _ => [Moving.Car(1, 1.7, 4, 0), Moving.Car(2, 1.7, 11, 0), Moving.Car(3, 1.7, 18, -1), Moving.Car(4, 1.7, 50, 0), Moving.Car(5, 5, 30, -9, lane: 2)], 3)[^1];
        Assert.Equal(18 + 2.25, state.Lanes[0].QueueM, 1);
        Assert.Equal(0, state.Lanes[1].QueueM);
        Assert.Equal(state.Lanes[0].QueueM, state.QueueM);
    }

    [Fact]
    public void Standing_vehicles_are_counted_before_the_stop_line_and_beyond_it()
    {
        // Stop line 10 m from the near end: one has driven over it and stands 6 m beyond, one stands too far beyond, one moves.
        ApproachOptions options = Views.Road() with { StopLine = new LineOptions(Views.Pixel(0, 10), Views.Pixel(7, 10)) };
        ApproachState state = Run(
            _ =>
            [
                Moving.Car(1, 1.7, 13, 0), Moving.Car(2, 1.7, 20, -2), Moving.Car(3, 1.7, 27, -2.5), Moving.Car(4, 1.7, 4, 0),
                Moving.Car(5, 1.7, -3, 0), Moving.Car(6, 5.2, 5, -6, lane: 2), Moving.Car(7, 5.2, 33, 0, lane: 2),
                Moving.Car(8, 5.2, 40, 0, confirmed: false, lane: 2),
            ],
            3,
            Views.Carriageway(options))[^1];
        Assert.Equal((2, 1), (state.Lanes[0].QueueVehicles, state.Lanes[0].ClearingVehicles));
        Assert.Equal((1, 0), (state.Lanes[1].QueueVehicles, state.Lanes[1].ClearingVehicles));
        Assert.Equal(3, state.QueueVehicles);
    }

    [Fact]
    public void Standing_vehicles_before_the_stop_line_are_farther_back_where_traffic_drives_away()
    {
        ApproachOptions options = Views.Road(direction: TrafficDirection.Away) with
        {
            StopLine = new LineOptions(Views.Pixel(0, 50), Views.Pixel(7, 50)),
        };
        ApproachState state = Run(
            _ => [Moving.Car(1, 1.7, 47, 0), Moving.Car(2, 1.7, 40, 1), Moving.Car(3, 1.7, 54, 0)], 3, Views.Carriageway(options))[^1];
        Assert.Equal((2, 1), (state.Lanes[0].QueueVehicles, state.Lanes[0].ClearingVehicles));
    }

    [Fact]
    public void Without_a_stop_line_nothing_is_known_of_the_junction() =>
        Assert.Null(Run(_ => [Moving.Car(1, 1.7, 13, 0)], 3)[^1].Lanes[0].ClearingVehicles);

    [Fact]
    public void A_standing_queue_is_jammed_and_a_lone_stopped_car_is_not()
    {
        Vehicle[] full = [.. Enumerable.Range(0, 8).SelectMany(i => new[] { Moving.Car((2 * i) + 1, 1.7, 3 + (7 * i), 0), Moving.Car((2 * i) + 2, 5.2, 3 + (7 * i), 0, lane: 2) })];
        Assert.Equal(CongestionLevel.Jammed, Run(_ => full, 3)[^1].Level);
        Assert.Equal(CongestionLevel.Free, Run(_ => [Moving.Car(1, 1.7, 20, 0)], 3)[^1].Level);
        Assert.Equal(ServiceLevel.F, Run(_ => full, 3)[^1].LevelOfService);
    }

    [Fact]
    public void An_empty_road_is_free_and_has_no_speed()
    {
        ApproachState state = Run(_ => [], 3)[^1];
        Assert.Equal((0, CongestionLevel.Free, ServiceLevel.A), (state.Index, state.Level, state.LevelOfService));
        Assert.Null(state.MeanSpeedKmh);
    }

    [Fact]
    public void States_come_each_second_of_event_time() => Assert.Equal(9, Run(_ => [], 10).Count);

    private static List<ApproachState> Run(
        Func<double, IReadOnlyList<Vehicle>> vehicles, double seconds, Carriageway? road = null)
    {
        var report = new StateReport(road ?? Road, new ReportOptions());
        var found = new List<ApproachState>();
        for (int k = 0; k < seconds * 25; k++)
        {
            if (report.Next(Moving.At(k / 25.0), vehicles(k / 25.0), [], 0.8) is { } state)
            {
                found.Add(state);
            }
        }

        return found;
    }
}
