using System.Numerics;
using CsCheck;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Synthetic;

public sealed class SceneTruthTests
{
    [Fact]
    public void Setup_is_where_a_pinhole_camera_sees_the_lanes() => Gen.Select(
        Gen.Double[5, 12], Gen.Double[10, 20], Gen.Double[-10, 10], Gen.Double[-6, 6], Gen.Double[0.7, 1.2]).Sample(
        (height, pitch, yaw, aside, focal) =>
        {
            var options = new SceneOptions
            {
                Width = 160,
                Height = 90,
                CameraHeightM = height,
                PitchDegrees = pitch,
                YawDegrees = yaw,
                CameraOffsetM = aside,
                FocalLength = focal,
                Lanes = 3,
                LaneWidthM = 3.3,
                StopLineM = 20,
                LengthM = 50,
            };
            var road = new SceneRoad(options);
            var camera = new SceneCamera(160, 90, focal * 160, aside, height, pitch, yaw);
            SceneSetup setup = SceneSetup.Of(options, road, camera);

            // The lanes end at the median, x = 0; each is 3.3 m wide.
            (double X, double Y)[] corners = [(-9.9, 20), (0, 20), (0, 70), (-9.9, 70)];
            for (int i = 0; i < 4; i++)
            {
                (double u, double v) = Pinhole(options, corners[i].X, corners[i].Y, 0);
                Assert.Equal(u, setup.Polygon[i].X, 0.02);
                Assert.Equal(v, setup.Polygon[i].Y, 0.02);
            }

            Assert.Equal(9.9, setup.WidthM, 1e-4);
            Assert.Equal(50, setup.LengthM, 1e-4);
        },
        iter: 200);

    [Fact]
    public void Boxes_hold_the_bodies_that_a_pinhole_camera_sees()
    {
        using TrafficScene scene = Scene(new SceneOptions { HeavyShare = 0.4, VehiclesPerHour = 900 });
        scene.Skip(700);
        int seen = 0, buses = 0;
        for (int frame = 0; frame < 60; frame++)
        {
            scene.Skip(20);
            using Frame picture = scene.Next();
            foreach (TruthVehicle v in scene.Truth.Vehicles.Where(v => v.Visible > 0 && v.FootprintM.All(p => p.Y > 12)))
            {
                (double X, double Y)[] corners = [.. v.FootprintM.SelectMany(p => new[] { 0.0, v.SizeM.Z }.Select(z => Pinhole(scene.Options, p.X, p.Y, z)))];
                double left = corners.Min(c => c.X), right = corners.Max(c => c.X);
                double top = corners.Min(c => c.Y), bottom = corners.Max(c => c.Y);

                // Within the cuboid, but for roof units; and nearly as wide and as high: bodies taper.
                Assert.InRange(v.Left, left - 1, right);
                Assert.InRange(v.Right, left, right + 1);
                Assert.InRange(v.Top, top - (0.3 * (bottom - top)), bottom);
                Assert.InRange(v.Bottom, top, bottom + 1);
                Assert.InRange((v.Right - v.Left) / (right - left), v.Class == SceneVehicleClass.TwoWheeler ? 0.4 : 0.85, 1.02);
                Assert.InRange((v.Bottom - v.Top) / (bottom - top), 0.7, 1.3);
                Assert.InRange(v.Contact.X, left, right);
                Assert.InRange(v.Contact.Y, top, bottom);
                seen++;
                if (v.Class == SceneVehicleClass.Bus)
                {
                    // A bus is a box from 0.32 m over the road whose roof is 3 cm narrower on each side and 10 cm shorter in front.
                    Vector2 ahead = Vector2.Normalize(v.FootprintM[3] - v.FootprintM[0]), left3 = new(-ahead.Y * 0.03f, ahead.X * 0.03f);
                    Vector2[] roof =
                    [
                        v.FootprintM[0] - left3, v.FootprintM[1] + left3,
                        v.FootprintM[2] + left3 - (ahead * 0.1f), v.FootprintM[3] - left3 - (ahead * 0.1f),
                    ];
                    (double X, double Y)[] body =
                    [
                        .. v.FootprintM.SelectMany(p => new[] { 0.32, 1.15 }.Select(z => Pinhole(scene.Options, p.X, p.Y, z))),
                        .. roof.Select(p => Pinhole(scene.Options, p.X, p.Y, v.SizeM.Z)),
                    ];
                    Assert.Equal(body.Max(c => c.X), v.Right, 0.7);
                    Assert.Equal(body.Min(c => c.X), v.Left, 0.7);
                    buses++;
                }
            }
        }

        Assert.True(seen > 200 && buses > 5, $"{seen} vehicles, {buses} buses");
    }

    [Fact]
    public void Masks_cover_what_has_changed_and_little_else()
    {
        // Without noise, wind and lamps whatever differs from the empty road is a vehicle, its shadow or a pedestrian.
        SceneOptions options = new() { NoiseLevels = 0, Wind = 0, VehiclesPerHour = 700, Width = 320, Height = 180 };
        using TrafficScene scene = Scene(options), empty = Scene(options with { VehiclesPerHour = 0, Pedestrians = 0 });
        scene.Skip(500);
        using Frame road = empty.Next();
        int changed = 0, missed = 0, marked = 0, idle = 0;
        for (int i = 0; i < 12; i++)
        {
            scene.Skip(40);
            using Frame frame = scene.Next();
            ReadOnlySpan<byte> mask = scene.Truth.Mask.Span;
            for (int p = 0; p < mask.Length; p++)
            {
                int difference = Math.Abs(frame.Luma[p] - road.Luma[p]);
                changed += difference > 12 ? 1 : 0;
                missed += difference > 12 && mask[p] == 0 ? 1 : 0;
                marked += mask[p] == 255 ? 1 : 0;
                idle += mask[p] == 255 && difference == 0 && frame.Cb[Chroma(frame, p)] == road.Cb[Chroma(road, p)] ? 1 : 0;
            }
        }

        Assert.True(changed > 10_000, $"only {changed} pixels changed");
        Assert.InRange(missed / (double)changed, 0, 0.05);
        Assert.InRange(idle / (double)marked, 0, 0.03);
    }

    [Fact]
    public void Each_crossing_is_reported_once_when_the_vehicle_is_on_the_line()
    {
        using TrafficScene scene = Scene(new SceneOptions { Width = 64, Height = 48, VehiclesPerHour = 500, Sound = false, Pedestrians = 0 });
        double line = scene.Setup.CountingLineM;
        var on = new Dictionary<long, (DateTimeOffset First, DateTimeOffset Last)>();
        var crossings = new List<TruthCrossing>();
        for (int i = 0; i < 15 * 200; i++)
        {
            using Frame frame = scene.Next();
            crossings.AddRange(scene.Truth.Crossings);
            foreach (TruthVehicle v in scene.Truth.Vehicles.Where(
                v => v.Approaching && v.PositionM >= line && v.PositionM - v.SizeM.X < line))
            {
                on[v.Id] = (on.TryGetValue(v.Id, out var known) ? known.First : frame.Time, frame.Time);
            }
        }

        TruthVehicle[] still = [.. scene.Truth.Vehicles.Where(v => v.Approaching && v.PositionM >= line && v.PositionM - v.SizeM.X < line)];
        Assert.True(crossings.Count > 20);
        Assert.Equal(crossings.Count, crossings.Select(c => c.Id).Distinct().Count());
        Assert.Equal(on.Keys.Except(still.Select(v => v.Id)).Order(), crossings.Select(c => c.Id).Order());
        double step = 1.0 / 15;
        Assert.All(crossings, c =>
        {
            Assert.InRange((on[c.Id].First - c.First!.Value).TotalSeconds, -1e-3, step + 1e-3);
            Assert.InRange((c.Last - on[c.Id].Last).TotalSeconds, -1e-3, step + 1e-3);
        });
    }

    [Fact]
    public void Occupied_area_and_queue_follow_from_the_vehicles()
    {
        using TrafficScene scene = Scene(new SceneOptions { Width = 64, Height = 48, VehiclesPerHour = 600, Sound = false });
        scene.Skip(600);
        double longest = 0;
        for (int i = 0; i < 100; i++)
        {
            scene.Skip(14);
            using Frame frame = scene.Next();
            SceneTruth truth = scene.Truth;
            double length = scene.Setup.LengthM;
            TruthVehicle[] here = [.. truth.Vehicles.Where(v => v.Approaching && v.PositionM > 0 && v.PositionM - v.SizeM.X < length)];
            double area = here.Sum(v => (Math.Min(v.PositionM, length) - Math.Max(v.PositionM - v.SizeM.X, 0)) * v.SizeM.Y);
            Assert.Equal(area / (length * scene.Setup.WidthM), truth.Occupied, 1e-4);
            for (int lane = 1; lane <= 2; lane++)
            {
                TruthVehicle[] slow = [.. here.Where(v => v.Lane == lane && v.SpeedKmh < 5)];
                double queue = slow.Length == 0 ? 0
                    : Math.Min(length, slow.Max(v => v.PositionM)) - Math.Max(0, slow.Min(v => v.PositionM - v.SizeM.X));
                Assert.Equal(queue, truth.QueueM[lane - 1], 1e-3);
                longest = Math.Max(longest, queue);
            }
        }

        Assert.True(longest > 15, "no queue");
    }

    private static TrafficScene Scene(SceneOptions options) => new(options);

    private static int Chroma(Frame frame, int pixel) => (pixel / frame.Width / 2 * frame.ChromaWidth) + (pixel % frame.Width / 2);

    /// <summary>Where a pinhole camera sees a point, by spherical trigonometry rather than by its axes.</summary>
    private static (double U, double V) Pinhole(SceneOptions o, double x, double y, double z)
    {
        double yaw = o.YawDegrees * Math.PI / 180, pitch = o.PitchDegrees * Math.PI / 180;
        double dx = x - o.CameraOffsetM, dz = z - o.CameraHeightM;
        double aside = (dx * Math.Cos(yaw)) - (y * Math.Sin(yaw)), ahead = (dx * Math.Sin(yaw)) + (y * Math.Cos(yaw));
        double bearing = Math.Atan2(aside, ahead), distance = Math.Sqrt((aside * aside) + (ahead * ahead));
        double below = Math.Atan2(-dz, distance * Math.Cos(bearing)) - pitch;
        double depth = Math.Sqrt(Math.Pow(distance * Math.Cos(bearing), 2) + (dz * dz)) * Math.Cos(below);
        double focal = o.FocalLength * o.Width;
        return ((o.Width / 2.0) + (focal * aside / depth), (o.Height / 2.0) + (focal * Math.Tan(below)));
    }
}
