using Sensing.Das.Events;
using Sensing.Das.Synthetic;

namespace Sensing.Das.Tests.Synthetic;

public class SyntheticTruthTests
{
    private static SyntheticTruth Truth(string scenario, double seconds = 3600, SyntheticOptions? options = null) =>
        new SyntheticScenario((options ?? new SyntheticOptions()) with { Scenario = scenario }).Truth(seconds);

    [Fact]
    public void Free_flow_is_what_a_road_carries()
    {
        SyntheticTruth truth = Truth("free_flow", 4 * 3600);

        Assert.InRange(truth.Vehicles.Count / 4.0, 85, 145);
        Assert.All(truth.Vehicles, v => Assert.Equal(TravelDirection.Increasing, v.Direction));
        Assert.InRange(truth.Vehicles.Average(v => v.MeanSpeedKmh), 77, 83);
        Assert.InRange(truth.Vehicles.Average(v => v.Class == VehicleClass.Large ? 1 : 0), 0.14, 0.28);
    }

    [Fact]
    public void Opposing_traffic_crosses_within_the_section()
    {
        SyntheticTruth truth = Truth("opposing");

        int crossings = truth.Vehicles.Where(v => v.Direction == TravelDirection.Increasing).Sum(a => truth.Vehicles.Count(
            b => b.Direction == TravelDirection.Decreasing && a.EntrySeconds < b.ExitSeconds && b.EntrySeconds < a.ExitSeconds));
        Assert.True(crossings > 50, $"{crossings} crossings");
    }

    [Fact]
    public void Platoons_follow_1_5_s_apart()
    {
        double[] times = [.. Truth("platoon").Vehicles.Select(v => v.ReferenceSeconds).OfType<double>().Order()];

        int close = times.Zip(times.Skip(1), (a, b) => b - a).Count(gap => Math.Abs(gap - 1.5) < 0.05);
        Assert.True(close > 0.6 * times.Length, $"{close} of {times.Length}");
    }

    [Fact]
    public void Stop_and_go_has_queues_starts_and_vehicles_that_turn_off()
    {
        SyntheticTruth truth = Truth("stop_go");

        Assert.InRange(truth.Vehicles.Average(v => v.Stops ? 1 : 0), 0.2, 0.8);
        Assert.InRange(truth.Vehicles.Average(v => v.TurnsOff ? 1 : 0), 0.02, 0.15);
        double stopLine = truth.SectionStartM + (0.6 * (truth.SectionEndM - truth.SectionStartM));
        Assert.All(truth.Vehicles.Where(v => v.Stops), v =>
        {
            TrajectorySegment wait = v.Trajectory.Single(s => s is { VelocityMs: 0, AccelerationMs2: 0 });
            Assert.InRange(wait.StartM, truth.SectionStartM, stopLine + 0.01);
        });
        Assert.All(truth.Vehicles.Where(v => v is { TurnsOff: true, Complete: true }), v => Assert.True(v.EndM < truth.SectionEndM - 10));
    }

    [Theory]
    [InlineData("free_flow", 1000)]
    [InlineData("platoon", 1000)]
    [InlineData("stop_go", 500)]
    [InlineData("mixed", 10_000)]
    public void Vehicles_of_a_lane_never_drive_through_each_other(string scenario, int channels)
    {
        SyntheticTruth truth = Truth(scenario, 1800, new SyntheticOptions { Channels = channels, ChannelStepM = 1 });

        Assert.True(truth.Vehicles.Count > 20);
        foreach (var lane in truth.Vehicles.GroupBy(v => v.OffsetM))
        {
            TruthVehicle[] order = [.. lane.OrderBy(v => v.Trajectory[0].StartSeconds)];
            foreach ((TruthVehicle ahead, TruthVehicle behind) in order.Zip(order.Skip(1)))
            {
                double end = Math.Min(ahead.Trajectory[^1].EndSeconds, behind.Trajectory[^1].EndSeconds);
                for (double t = behind.Trajectory[0].StartSeconds; t < end; t += 0.5)
                {
                    double gap = Math.Abs(ahead.PositionAt(t) - behind.PositionAt(t)) - ((ahead.LengthM + behind.LengthM) / 2);
                    Assert.True(gap > 0, $"{ahead.Id} and {behind.Id} at {t:0.0} s: {gap:0.0} m");
                }
            }
        }
    }

    [Theory]
    [InlineData("stop_go")]
    [InlineData("mixed")]
    public void Trajectories_join_in_time_place_and_speed(string scenario)
    {
        foreach (TruthVehicle vehicle in Truth(scenario).Vehicles)
        {
            foreach ((TrajectorySegment a, TrajectorySegment b) in vehicle.Trajectory.Zip(vehicle.Trajectory.Skip(1)))
            {
                Assert.Equal(a.EndSeconds, b.StartSeconds, 1e-6);
                Assert.Equal(a.EndM, b.StartM, 1e-6);
                Assert.Equal(a.EndVelocityMs, b.VelocityMs, 1e-6);
            }
        }
    }

    [Fact]
    public void Times_and_places_of_a_trajectory_agree()
    {
        foreach (TruthVehicle vehicle in Truth("stop_go").Vehicles.Where(v => v.ReferenceSeconds is not null))
        {
            Assert.Equal(247.5, vehicle.PositionAt(vehicle.ReferenceSeconds!.Value), 1e-6);
            for (double place = Math.Min(vehicle.StartM, vehicle.EndM); place < Math.Max(vehicle.StartM, vehicle.EndM); place += 13)
            {
                Assert.Equal(place, vehicle.PositionAt(vehicle.TimeAt(place)!.Value), 1e-6);
            }
        }
    }

    [Fact]
    public void Rail_vehicles_come_where_they_are_asked_for()
    {
        Assert.DoesNotContain(Truth("mixed").Vehicles, v => v.Class == VehicleClass.Rail);
        Assert.Contains(
            Truth("mixed", 3600, new SyntheticOptions { RailShare = 0.2 }).Vehicles, v => v.Class == VehicleClass.Rail);
    }

    [Fact]
    public void Truth_survives_its_file()
    {
        SyntheticTruth truth = Truth("stop_go", 300);
        using var file = new MemoryStream();
        TruthFile.WriteJson(truth, file);
        file.Position = 0;
        SyntheticTruth read = TruthFile.ReadJson(file);

        Assert.Equal(truth.Vehicles.Count, read.Vehicles.Count);
        Assert.Equal(truth.Vehicles[0].Trajectory, read.Vehicles[0].Trajectory);
        Assert.Equal(truth.Vehicles[^1].Axles, read.Vehicles[^1].Axles);
        Assert.Equal(truth.Epoch, read.Epoch);

        using var table = new StringWriter();
        TruthFile.WriteCsv(truth, table);
        string[] lines = table.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(truth.Vehicles.Count + 1, lines.Length);
        Assert.All(lines, line => Assert.Equal(18, line.Split(',').Length));
    }
}
