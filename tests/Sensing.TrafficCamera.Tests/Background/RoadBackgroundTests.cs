using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.Background;

/// <summary>The default model on drawn scenes, where every pixel's class is known.</summary>
public sealed class RoadBackgroundTests
{
    private const int Width = 320, Height = 180;
    private const double Rate = 12.5;

    [Fact]
    public void A_moving_vehicle_is_found_whole()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        for (int k = 0; k < 20; k++)
        {
            using Frame frame = road.At(now += 1 / Rate);
            RoadPicture.DrawVehicle(frame, 130, 4 + (6 * k), 46, 34);
            ForegroundMask mask = model.Apply(frame);
            Assert.InRange(Share(mask, 130, 4 + (6 * k), 46, 34, PixelClass.Vehicle), 0.97, 1);
            Assert.InRange(Outside(mask, 125, (6 * k) - 1, 56, 44), 0, 0.001);
        }
    }

    [Fact]
    public void A_long_shadow_beside_a_vehicle_is_shadow()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        using Frame frame = road.At(now + (1 / Rate));
        RoadPicture.DrawShadow(frame, 20, 96, 130, 16, 0.52);
        RoadPicture.DrawVehicle(frame, 150, 76, 46, 36);
        ForegroundMask mask = model.Apply(frame);
        Assert.InRange(Share(mask, 150, 76, 46, 36, PixelClass.Vehicle), 0.95, 1);
        Assert.InRange(Share(mask, 24, 98, 115, 12, PixelClass.Shadow), 0.9, 1);
        Assert.InRange(Share(mask, 20, 96, 118, 16, PixelClass.Vehicle), 0, 0.03);
    }

    [Fact]
    public void Shadows_lighter_than_configured_are_learned_from_the_scene()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        var first = 0.0;
        var last = 0.0;
        for (int k = 0; k < 60; k++)
        {
            // Under a high sun with bright haze: three quarters of the light remain.
            using Frame frame = road.At(now += 1 / Rate);
            RoadPicture.DrawShadow(frame, 60, 20 + (2 * k), 92, 20, 0.75);
            RoadPicture.DrawVehicle(frame, 150, 4 + (2 * k), 46, 36);
            ForegroundMask mask = model.Apply(frame);
            last = Share(mask, 64, 22 + (2 * k), 80, 16, PixelClass.Vehicle);
            first = k == 0 ? last : first;
            Assert.InRange(Share(mask, 150, 4 + (2 * k), 46, 36, PixelClass.Vehicle), 0.95, 1);
        }

        Assert.InRange(first, 0.9, 1);
        Assert.InRange(last, 0, 0.02);

        // A dark car is not one of these shadows.
        using Frame dark = road.At(now + (1 / Rate));
        RoadPicture.DrawVehicle(dark, 150, 76, 46, 36, body: 60);
        Assert.InRange(Share(model.Apply(dark), 150, 76, 46, 36, PixelClass.Vehicle), 0.9, 1);
    }

    [Fact]
    public void A_dark_vehicle_is_not_taken_for_its_shadow()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        using Frame frame = road.At(now + (1 / Rate));
        RoadPicture.DrawVehicle(frame, 150, 76, 46, 36, body: 30);
        Assert.InRange(Share(model.Apply(frame), 150, 76, 46, 36, PixelClass.Vehicle), 0.9, 1);
    }

    [Fact]
    public void A_vehicle_that_stands_for_two_minutes_stays_a_vehicle()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        double share = 0;
        for (double stop = now + 120; now < stop;)
        {
            using Frame frame = road.At(now += 1 / Rate);
            RoadPicture.DrawVehicle(frame, 150, 76, 46, 36);
            share = Share(model.Apply(frame), 150, 76, 46, 36, PixelClass.Vehicle);
            Assert.InRange(share, 0.95, 1);
        }

        using Frame empty = road.At(now + (1 / Rate));
        Assert.InRange(Outside(model.Apply(empty), 0, 0, 0, 0), 0, 0.001);
    }

    [Fact]
    public void What_stood_there_from_the_start_leaves_no_ghost()
    {
        using var model = new RoadBackground(new BackgroundOptions());
        var road = new RoadPicture(Width, Height, 7);
        double now = 0;
        for (int k = 0; k < 20 * Rate; k++)
        {
            using Frame frame = road.At(now += 1 / Rate);
            RoadPicture.DrawVehicle(frame, 150, 76, 46, 36);
            model.Apply(frame);
        }

        using (Frame left = road.At(now += 1 / Rate))
        {
            Assert.InRange(Share(model.Apply(left), 150, 76, 46, 36, PixelClass.Vehicle), 0.5, 1);
        }

        ForegroundMask? mask = null;
        for (int k = 0; k < 4 * Rate; k++)
        {
            using Frame frame = road.At(now += 1 / Rate);
            mask = model.Apply(frame);
        }

        Assert.InRange(Outside(mask!, 0, 0, 0, 0), 0, 0.001);
    }

    [Fact]
    public void Without_an_empty_road_at_the_start_the_road_is_found_between_vehicles()
    {
        using var model = new RoadBackground(new BackgroundOptions());
        var road = new RoadPicture(Width, Height, 8);
        double now = 0;
        for (int k = 0; k < 12 * Rate; k++)
        {
            using Frame frame = road.At(now += 1 / Rate);
            for (int n = 0; n < 4; n++)
            {
                RoadPicture.DrawVehicle(frame, 130, ((5 * k) + (70 * n)) % 280 - 50, 46, 34, (byte)(160 + (30 * n)));
            }

            model.Apply(frame);
        }

        using Frame empty = road.At(now + (1 / Rate));
        Assert.InRange(Outside(model.Apply(empty), 0, 0, 0, 0), 0, 0.002);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(1.25)]
    public void A_sudden_change_of_light_is_followed_at_once(double light)
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        for (int k = 0; k < 10; k++)
        {
            using Frame frame = road.At(now += 1 / Rate, light: light);
            RoadPicture.DrawVehicle(frame, 130, 20 + (6 * k), 46, 34, body: 235);
            ForegroundMask mask = model.Apply(frame);
            Assert.InRange(Share(mask, 130, 20 + (6 * k), 46, 34, PixelClass.Vehicle), 0.95, 1);
            Assert.InRange(Outside(mask, 124, 14 + (6 * k), 58, 46), 0, 0.005);
        }
    }

    [Fact]
    public void A_shake_of_eight_pixels_is_measured_and_met()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        var random = new Random(5);
        for (int k = 0; k < 40; k++)
        {
            int dx = random.Next(-8, 9), dy = random.Next(-8, 9);
            using Frame frame = road.At(now += 1 / Rate, dx, dy);
            RoadPicture.DrawVehicle(frame, 130, 20 + (2 * k), 46, 34);
            ForegroundMask mask = model.Apply(frame);
            Assert.InRange(mask.Motion.X - dx, -0.5, 0.5);
            Assert.InRange(mask.Motion.Y - dy, -0.5, 0.5);
            Assert.InRange(Share(mask, 130, 20 + (2 * k), 46, 34, PixelClass.Vehicle), 0.95, 1);
            Assert.InRange(Outside(mask, 124, 14 + (2 * k), 58, 46), 0, 0.01);
        }
    }

    [Fact]
    public void Leaves_in_the_wind_are_no_vehicles()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        double worst = 0, sum = 0;
        for (int k = 0; k < 120; k++)
        {
            using Frame frame = road.At(now += 1 / Rate, wind: 3);
            double share = Outside(model.Apply(frame), 0, 0, 0, 0);
            sum += share;
            worst = k > 60 ? Math.Max(worst, share) : worst;
        }

        // The hedge is 5 % of the picture.
        Assert.InRange(sum / 120, 0, 0.01);
        Assert.InRange(worst, 0, 0.01);
    }

    [Fact]
    public void A_loaded_model_continues_as_the_saved_one()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            model.Save(writer);
        }

        state.Position = 0;
        using var loaded = new RoadBackground(new BackgroundOptions());
        using (var reader = new BinaryReader(state))
        {
            loaded.Load(reader);
        }

        for (int k = 0; k < 40; k++)
        {
            using Frame frame = road.At(now += 1 / Rate, k % 5, 0, 1 - (0.005 * k));
            RoadPicture.DrawShadow(frame, 40, 30 + (2 * k), 90, 14, 0.5);
            RoadPicture.DrawVehicle(frame, 130, 20 + (2 * k), 46, 34);
            ForegroundMask expected = model.Apply(frame), found = loaded.Apply(frame);
            Assert.True(expected.Pixels.SequenceEqual(found.Pixels));
            Assert.Equal(expected.Motion, found.Motion);
        }
    }

    [Fact]
    public void A_state_of_another_size_is_refused_when_it_is_used()
    {
        using RoadBackground model = Learned(out _, out _);
        using Frame other = new RoadPicture(160, 120, 1).At(100);
        Assert.Contains("160 × 120", Assert.Throws<ArgumentException>(() => model.Apply(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(33, 17)]
    [InlineData(101, 75)]
    public void Frames_of_any_size_are_taken(int width, int height)
    {
        using var model = new RoadBackground(new BackgroundOptions());
        for (int k = 0; k < 5; k++)
        {
            using Frame frame = Frame.Rent(width, height, DateTimeOffset.UnixEpoch.AddSeconds(k));
            frame.Raw.Span.Fill(128);
            Assert.DoesNotContain(PixelClass.Vehicle, model.Apply(frame).Pixels.ToArray());
        }
    }

    [Fact]
    public void Shadow_limits_that_contradict_each_other_are_reported()
    {
        var options = new BackgroundOptions { DarkestShadow = 0.7, DarkestUmbra = 0.8 };
        Assert.Equal(["darkestUmbra", "darkestShadow"], options.Check().Select(p => p.Path));
        Assert.Empty(new BackgroundOptions().Check());
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using RoadBackground model = Learned(out RoadPicture road, out double now);
        using Frame frame = road.At(now + (1 / Rate));
        RoadPicture.DrawVehicle(frame, 130, 60, 46, 34);
        model.Apply(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 20; k++)
        {
            model.Apply(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A model that has seen the empty road for 20 s.</summary>
    private static RoadBackground Learned(out RoadPicture road, out double now)
    {
        var model = new RoadBackground(new BackgroundOptions());
        road = new RoadPicture(Width, Height, 3);
        now = 0;
        for (int k = 0; k < 20 * Rate; k++)
        {
            using Frame frame = road.At(now += 1 / Rate);
            model.Apply(frame);
        }

        return model;
    }

    private static double Share(ForegroundMask mask, int x, int y, int width, int height, byte of)
    {
        int count = 0, all = 0;
        for (int v = Math.Max(0, y); v < Math.Min(mask.Height, y + height); v++)
        {
            for (int u = Math.Max(0, x); u < Math.Min(mask.Width, x + width); u++)
            {
                all++;
                count += mask.Row(v)[u] == of ? 1 : 0;
            }
        }

        return (double)count / all;
    }

    /// <summary>Share of the picture that is vehicle outside of a rectangle.</summary>
    private static double Outside(ForegroundMask mask, int x, int y, int width, int height)
    {
        int count = 0;
        for (int v = 0; v < mask.Height; v++)
        {
            for (int u = 0; u < mask.Width; u++)
            {
                bool inside = u >= x && u < x + width && v >= y && v < y + height;
                count += !inside && mask.Row(v)[u] == PixelClass.Vehicle ? 1 : 0;
            }
        }

        return (double)count / mask.Pixels.Length;
    }
}
