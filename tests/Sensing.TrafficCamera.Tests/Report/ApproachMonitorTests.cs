using System.Text.Json;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Counts;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tests.Tracks;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Report;

public sealed class ApproachMonitorTests
{
    private static readonly Carriageway Road = Views.Carriageway(Views.Road());
    private static readonly ReportOptions Options = new() { CountMinutes = [1] };

    [Fact]
    public void Vehicles_are_tracked_with_one_id_and_counted_once_with_lane_and_speed()
    {
        List<ApproachReading> readings = Run(Two, 6, new ApproachMonitor(Road, Options));
        LineCrossing[] crossings = [.. readings.SelectMany(r => r.Crossings)];
        Assert.Equal([1, 2], crossings.Select(c => c.Lane).Order());
        Assert.All(crossings, c => Assert.Equal(c.Lane == 1 ? 10 : 8, c.SpeedMs, 1.2));
        Assert.Equal(2, readings.SelectMany(r => r.Vehicles.Where(v => v.Confirmed)).Select(v => v.Id).Distinct().Count());
    }

    [Fact]
    public void A_vehicle_that_stops_on_the_line_keeps_its_id_and_is_counted_once()
    {
        static (double, double, VehicleSize)[] Stop(double t) => [(1.7, Math.Max(13.5, 30 - (8 * t)) - (Math.Max(0, t - 20) * 6), PaintedTraffic.Car)];
        List<ApproachReading> readings = Run(Stop, 21, new ApproachMonitor(Road, Options));
        Assert.Single(readings.SelectMany(r => r.Crossings));
        Assert.Single(readings.SelectMany(r => r.Vehicles.Where(v => v.Confirmed)).Select(v => v.Id).Distinct());
    }

    [Fact]
    public void One_that_is_hidden_for_half_a_second_keeps_its_id()
    {
        List<ApproachReading> readings = Run(
            t => t is > 1.5 and < 2 ? [] : [(1.7, 45 - (10 * t), PaintedTraffic.Car)], 4, new ApproachMonitor(Road, Options));
        Assert.Single(readings.SelectMany(r => r.Vehicles.Where(v => v.Confirmed)).Select(v => v.Id).Distinct());
    }

    [Fact]
    public void Volumes_hold_what_was_counted()
    {
        var monitor = new ApproachMonitor(Road, Options);
        Run(Two, 6, monitor);
        VehicleCount count = Assert.Single(monitor.Finish()).Count;
        Assert.Equal(2, count.Count);
        Assert.Equal([(1, 1), (2, 1)], count.Lanes.Select(l => (l.Lane, l.Count)));

        // From the first of 150 frames at 25 a second to the last.
        Assert.Equal(2 * 3600 / 5.96, count.FlowPerHour, 0.1);
    }

    [Fact]
    public void A_window_continues_over_a_gap_which_it_did_not_observe()
    {
        var monitor = new ApproachMonitor(Road, Options);
        Run(Two, 6, monitor);
        monitor.Break();
        VehicleCount count = Assert.Single(monitor.Finish()).Count;
        Assert.Equal(2, count.Count);
        Assert.Equal(6.0, count.ObservedSeconds, 0.1);
    }

    [Fact]
    public void Saved_and_loaded_anywhere_it_reads_the_same()
    {
        string whole = Text(Run(Two, 4, new ApproachMonitor(Road, Options)));
        foreach (int cut in new[] { 1, 17, 40, 63, 88 })
        {
            var monitor = new ApproachMonitor(Road, Options);
            List<ApproachReading> first = Run(Two, 4, monitor, 0, cut);
            using var state = new MemoryStream();
            monitor.Save(new BinaryWriter(state));
            state.Position = 0;
            var second = new ApproachMonitor(Road, Options);
            second.Load(new BinaryReader(state));
            Assert.Equal(whole, Text([.. first, .. Run(Two, 4, second, cut)]));
        }
    }

    [Fact]
    public void A_damaged_state_is_refused() => Assert.Throws<InvalidDataException>(() =>
        new ApproachMonitor(Road, Options).Load(new BinaryReader(new MemoryStream([3, 120, 121, 122, 0]))));

    private static (double, double, VehicleSize)[] Two(double t) =>
        [(1.7, 45 - (10 * t), PaintedTraffic.Car), (5.3, 40 - (8 * t), PaintedTraffic.Car)];

    private static List<ApproachReading> Run(
        Func<double, (double, double, VehicleSize)[]> traffic, double seconds, ApproachMonitor monitor, int from = 0, int to = int.MaxValue)
    {
        var readings = new List<ApproachReading>();
        for (int k = from; k < Math.Min(to, seconds * 25); k++)
        {
            ApproachReading r = monitor.Next(Moving.At(k / 25.0), PaintedTraffic.Mask(traffic(k / 25.0)), [], 1);
            readings.Add(r with { Vehicles = [.. r.Vehicles], Crossings = [.. r.Crossings], Movements = [.. r.Movements], Alarms = [.. r.Alarms], Counts = [.. r.Counts] });
        }

        return readings;
    }

    private static string Text(IEnumerable<ApproachReading> readings) =>
        string.Join('\n', readings.Select(r => JsonSerializer.Serialize(new { r.Time, r.Vehicles, r.Crossings, r.State })));
}
