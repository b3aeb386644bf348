using System.Numerics;
using CsCheck;
using Sensing.TrafficCamera.Synthetic;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Synthetic;

public sealed class TrafficSimulationTests
{
    private static readonly Gen<SceneOptions> Roads =
        from seed in Gen.Long[0, 1_000_000]
        from lanes in Gen.Int[1, 4]
        from opposing in Gen.Int[0, 2]
        from flow in Gen.Double[50, 1500]
        from speed in Gen.Double[25, 110]
        from heavy in Gen.Double[0, 0.5]
        from turn in Gen.Double[0, 1]
        from signal in Gen.Bool
        from green in Gen.Double[8, 50]
        from rate in Gen.Int[5, 30]
        select new SceneOptions
        {
            Seed = seed,
            Lanes = lanes,
            OpposingLanes = opposing,
            VehiclesPerHour = flow,
            SpeedKmh = speed,
            HeavyShare = heavy,
            TurnShare = signal ? turn : 0,
            Signal = signal,
            GreenSeconds = green,
            CycleSeconds = 70,
            YellowSeconds = Math.Max(3, speed * 0.055),
            FramesPerSecond = rate,
            EmergencyEverySeconds = 60,
        };

    [Fact]
    public void Vehicles_never_overlap_and_their_motion_is_that_of_vehicles() => Roads.Sample(
        options =>
        {
            TrafficSimulation traffic = Of(options, out SceneRoad road);
            for (int step = 0; step < 150 * options.FramesPerSecond; step++)
            {
                traffic.Step();
                foreach (IReadOnlyList<SceneVehicle> lane in traffic.Lanes)
                {
                    for (int i = 0; i < lane.Count; i++)
                    {
                        SceneVehicle v = lane[i];
                        Assert.True(i == 0 || lane[i - 1].Rear > v.Way, $"two vehicles overlap in lane {v.Lane} at step {step}");
                        Assert.InRange(v.Speed, 0, options.SpeedKmh / 3.6 * 1.3);
                        Assert.InRange(v.Acceleration, -8.5, 2.5);
                    }
                }

                if (step % options.FramesPerSecond == 0)
                {
                    AssertApart(traffic, road);
                }
            }
        },
        iter: 25);

    [Fact]
    public void Red_is_obeyed_by_all_but_emergency_vehicles() => Roads.Sample(
        options =>
        {
            // Enough traffic that somebody arrives at each red.
            TrafficSimulation traffic = Of(
                options with { Signal = true, VehiclesPerHour = Math.Max(1200, options.VehiclesPerHour) }, out SceneRoad road);
            int stopped = 0;
            for (int step = 0; step < 200 * options.FramesPerSecond; step++)
            {
                var before = traffic.Lanes.SelectMany(lane => lane).ToDictionary(v => v.Id, v => v.Way);
                traffic.Step();
                if (traffic.Signal != SceneSignal.Red)
                {
                    continue;
                }

                foreach (SceneVehicle v in traffic.Lanes.Take(road.Lanes).SelectMany(lane => lane))
                {
                    bool crossed = v.Way > road.StopS && before.TryGetValue(v.Id, out float way) && way <= road.StopS;
                    Assert.False(crossed && v.Shape.Emergency == SceneEmergency.None, $"vehicle {v.Id} ran the red at step {step}");
                    stopped += v.Speed < 0.1f ? 1 : 0;
                }
            }

            Assert.True(stopped > 0, "nobody had to stop");
        },
        iter: 12);

    [Fact]
    public void The_flow_is_the_one_asked_for()
    {
        TrafficSimulation traffic = Of(
            new SceneOptions { Signal = false, TurnShare = 0, VehiclesPerHour = 600, Lanes = 2, OpposingLanes = 0 }, out _);
        var seen = new HashSet<long>();
        for (int step = 0; step < 3600 * 15; step++)
        {
            traffic.Step();
            seen.UnionWith(traffic.Lanes.SelectMany(lane => lane).Select(v => v.Id));
        }

        // Two lanes of 600; gaps are shifted exponentials of 6 s mean and 4.8 s deviation: σ of an hour's count ≈ 28.
        Assert.InRange(seen.Count, 1200 - (4 * 28), 1200 + (4 * 28));
    }

    [Fact]
    public void A_vehicle_breaks_down_where_and_when_it_is_told_to()
    {
        var options = new SceneOptions { StandingSeconds = 40, StandingForSeconds = 30, Signal = false, VehiclesPerHour = 900 };
        TrafficSimulation traffic = Of(options, out SceneRoad road);
        int standing = 0;
        for (int step = 0; step < 120 * 15; step++)
        {
            traffic.Step();
            SceneVehicle? broken = traffic.Lanes.SelectMany(lane => lane).SingleOrDefault(v => v.BrokenDown);
            if (broken is null)
            {
                continue;
            }

            Assert.InRange(traffic.Now, 40, 70.1);
            Assert.Equal(0, broken.Lane);
            Assert.InRange(broken.Way, road.StopS - road.Length, road.StopS);
            standing++;
        }

        Assert.InRange(standing, 15 * 15, 30 * 15);
    }

    [Fact]
    public void A_wrong_way_vehicle_drives_against_its_lane_and_meets_nobody()
    {
        var options = new SceneOptions { WrongWaySeconds = 120, VehiclesPerHour = 900 };
        TrafficSimulation traffic = Of(options, out SceneRoad road);
        float last = float.PositiveInfinity;
        int seen = 0;
        for (int step = 0; step < 160 * 15; step++)
        {
            traffic.Step();
            if (traffic.Lanes[0].FirstOrDefault(v => v.WrongWay) is { } wrong)
            {
                Assert.Single(traffic.Lanes[0]);
                Assert.True(wrong.Way < last);
                last = wrong.Way;
                seen++;
            }
        }

        Assert.True(seen > 15 * 15, "it drove for less than 15 s");
        Assert.True(last < road.StopS - road.Length, "it did not reach the far end");
    }

    [Fact]
    public void Saved_and_loaded_anywhere_it_continues_to_the_bit() => Gen.Select(Roads, Gen.Int[1, 2000]).Sample(
        (options, steps) =>
        {
            TrafficSimulation a = Of(options, out SceneRoad _), b = Of(options, out SceneRoad _);
            for (int i = 0; i < steps; i++)
            {
                a.Step();
            }

            using var state = new MemoryStream();
            a.Save(new BinaryWriter(state));
            state.Position = 0;
            b.Load(new BinaryReader(state));
            for (int i = 0; i < 200; i++)
            {
                a.Step();
                b.Step();
            }

            Assert.Equal(Ways(a), Ways(b));
        },
        iter: 20);

    private static (long, float, float)[] Ways(TrafficSimulation traffic) =>
        [.. traffic.Lanes.SelectMany(lane => lane).Select(v => (v.Id, v.Way, v.Speed))];

    private static TrafficSimulation Of(SceneOptions options, out SceneRoad road)
    {
        road = new SceneRoad(options);
        var plan = new FixedSignalPlan(
            options.CycleSeconds, options.OffsetSeconds, options.GreenSeconds, options.YellowSeconds);
        return new TrafficSimulation(options, road, options.Signal ? plan.At : static _ => SceneSignal.None);
    }

    /// <summary>No two footprints on the ground overlap, across lanes as well (separating axes of two rectangles).</summary>
    private static void AssertApart(TrafficSimulation traffic, SceneRoad road)
    {
        SceneVehicle[] vehicles = [.. traffic.Lanes.SelectMany(lane => lane)];
        Vector2[][] all = [.. vehicles.Select(v => Footprint(v, road))];
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.True(
                    Apart(all[i], all[j]) || Apart(all[j], all[i]),
                    $"{Text(vehicles[i])} and {Text(vehicles[j])} collide at {traffic.Now:0.0} s");
            }
        }
    }

    private static string Text(SceneVehicle v) =>
        $"a vehicle {v.Shape.Length:0.0} m long in lane {v.Lane} at {v.Way:0.0} m with {v.Speed:0.0} m/s ({v.Shape.Movement}, {v.Shape.Lateral:0.0} m aside)";

    private static Vector2[] Footprint(SceneVehicle v, SceneRoad road)
    {
        (Vector2 place, Vector2 along) = v.Pose(road);
        Vector2 ahead = along * (v.Shape.Length / 2), left = new Vector2(-along.Y, along.X) * (v.Shape.Width / 2);
        return [place - ahead + left, place - ahead - left, place + ahead - left, place + ahead + left];
    }

    private static bool Apart(Vector2[] a, Vector2[] b)
    {
        for (int i = 0; i < 4; i++)
        {
            Vector2 edge = a[(i + 1) % 4] - a[i], normal = new(-edge.Y, edge.X);
            if (a.Max(p => Vector2.Dot(p, normal)) < b.Min(p => Vector2.Dot(p, normal))
                || b.Max(p => Vector2.Dot(p, normal)) < a.Min(p => Vector2.Dot(p, normal)))
            {
                return true;
            }
        }

        return false;
    }
}
