using CsCheck;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Sight;

public sealed class DegradationTests
{
    private const int Width = 320, Height = 180;

    [Fact]
    public void A_veil_follows_the_atmospheric_model() => Gen.Select(Gen.Double[0, 0.05], Gen.Int[100, 255], Gen.Int[0, 255]).Sample(
        (extinction, airlight, level) =>
        {
            RowDepth depth = RowDepth.AlongRoad(Height);
            var veil = new AtmosphericVeil(extinction, airlight, Height, depth);
            using Frame frame = Plain(level, 90, 170);
            veil.Apply(frame, 0);
            for (int row = 0; row < Height; row += 7)
            {
                // I = J·t + A·(1 − t), within the rounding of t to 1/256 and of the result.
                double d = Math.Min(400, 14.0 * Height / (row + 0.5)), t = Math.Exp(-extinction * d);
                Assert.Equal((level * t) + (airlight * (1 - t)), frame.Luma[(row * Width) + 11], 1.1);
            }

            Assert.Equal(128 - (38 * Math.Exp(-extinction * 14)), frame.Cb[^1], 1.6);
        },
        iter: 60);

    [Fact]
    public void Depth_follows_from_a_stretch_of_road() => Gen.Select(
        Gen.Double[4, 12], Gen.Double[10, 40], Gen.Double[20, 100], Gen.Double[-60, 80]).Sample(
        (height, near, length, horizon) =>
        {
            // A camera with focal length 600: rows below the horizon are 600·height / distance, widths 600·7 / distance.
            double far = near + length, k = 600 * height;
            RowDepth depth = RowDepth.FromRoad(
                horizon + (k / near), 4200 / near, horizon + (k / far), 4200 / far, length);
            Assert.Equal(horizon, depth.HorizonRow, 1e-6);
            Assert.Equal(near, depth.At(horizon + (k / near)), 1e-6);
            Assert.Equal(50, depth.At(horizon + (k / 50)), 1e-6);
            Assert.Equal(RowDepth.FarthestM, depth.At(horizon - 5));
        });

    [Fact]
    public void A_road_that_widens_with_distance_is_refused() =>
        Assert.Throws<ArgumentException>(() => RowDepth.FromRoad(300, 100, 100, 200, 60));

    [Fact]
    public void Night_takes_light_and_adds_normal_noise()
    {
        using Frame frame = Plain(120, 100, 150);
        Degradation.Of(DegradationKind.Night, 0.5, Width, Height).Apply(frame, 3);
        double[] levels = [.. frame.Luma.ToArray().Select(v => (double)v)];
        double mean = levels.Average(), deviation = Math.Sqrt(levels.Average(v => (v - mean) * (v - mean)));

        // 60 % of 120 and 40 % of 8; deviation 6, and a little for rounding.
        Assert.Equal((120 * 0.6) + (8 * 0.4), mean, 0.5);
        Assert.Equal(6, deviation, 0.25);
        double within = levels.Count(v => Math.Abs(v - mean) < deviation) / (double)levels.Length;
        Assert.Equal(0.683, within, 0.03);
    }

    [Fact]
    public void Noise_of_two_frames_is_not_correlated()
    {
        using Frame a = Plain(120, 128, 128), b = Plain(120, 128, 128);
        IFrameDegradation night = Degradation.Of(DegradationKind.Night, 1, Width, Height);
        night.Apply(a, 1);
        night.Apply(b, 2);
        double[] x = [.. a.Luma.ToArray().Select(v => (double)v)], y = [.. b.Luma.ToArray().Select(v => (double)v)];
        double mx = x.Average(), my = y.Average();
        double correlation = x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum()
            / Math.Sqrt(x.Sum(p => (p - mx) * (p - mx)) * y.Sum(q => (q - my) * (q - my)));

        // 57,600 pixels, of which a row shares a stretch of the bank at random.
        Assert.InRange(correlation, -0.05, 0.05);
    }

    [Fact]
    public void Rain_brightens_a_share_of_the_pixels_that_grows_with_its_strength()
    {
        double before = 0;
        foreach (double strength in new[] { 0.25, 0.5, 0.75, 1 })
        {
            using Frame frame = Plain(80, 128, 128), veiled = Plain(80, 128, 128);
            Degradation.Of(DegradationKind.Rain, strength, Width, Height).Apply(frame, 5);
            int ground = frame.Luma.ToArray().Order().ElementAt(Width * Height / 10);
            double share = frame.Luma.ToArray().Count(v => v > ground + 5) / (double)(Width * Height);
            Assert.True(share > before, $"{share} of the pixels at strength {strength}");
            before = share;
        }

        Assert.InRange(before, 0.01, 0.15);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.0)]
    public void Shake_displaces_by_what_it_says_and_never_by_more_than_eight_pixels(double strength)
    {
        var shake = Assert.IsType<Shake>(Degradation.Of(DegradationKind.Shake, strength, Width, Height));
        double largest = 0;
        for (long n = 0; n < 3000; n++)
        {
            Assert.InRange(shake.At(n).X, -8 * strength, 8 * strength);
            Assert.InRange(shake.At(n).Y, -8 * strength, 8 * strength);
            largest = Math.Max(largest, Math.Abs(shake.At(n).X));
        }

        Assert.True(largest > 6 * strength);

        // A slope shows displacement directly: luma 20 + x/2 + y/4.
        using Frame frame = Plain(0, 128, 128);
        for (int i = 0; i < Width * Height; i++)
        {
            frame.Luma[i] = (byte)Math.Round(20 + (i % Width / 2.0) + (i / Width / 4.0));
        }

        shake.Apply(frame, 17);
        double expected = 20 + ((160 - shake.At(17).X) / 2) + ((90 - shake.At(17).Y) / 4);
        double mean = 0;
        for (int k = 0; k < 64; k++)
        {
            mean += (frame.Luma[((90 + (k / 8)) * Width) + 160 + (k % 8)] - ((k % 8) / 2.0) - (k / 8 / 4.0)) / 64.0;
        }

        Assert.Equal(expected, mean, 0.6);
    }

    [Fact]
    public void Strength_zero_changes_nothing_and_each_kind_is_repeatable() => Gen.Select(
        Gen.Enum<DegradationKind>(), Gen.Double[0.1, 1], Gen.Long[0, 100_000]).Sample(
        (kind, strength, number) =>
        {
            using Frame original = Slope(), none = Slope(), once = Slope(), twice = Slope();
            Degradation.Of(kind, 0, Width, Height).Apply(none, number);
            Degradation.Of(kind, strength, Width, Height, 9).Apply(once, number);
            Degradation.Of(kind, strength, Width, Height, 9).Apply(twice, number);
            Assert.True(original.Raw.Span.SequenceEqual(none.Raw.Span));
            Assert.True(once.Raw.Span.SequenceEqual(twice.Raw.Span));

            // A shaking camera passes its middle now and then.
            Assert.True(kind == DegradationKind.Shake || !original.Raw.Span.SequenceEqual(once.Raw.Span));
        },
        iter: 40);

    private static Frame Plain(int luma, int cb, int cr)
    {
        Frame frame = Frame.Rent(Width, Height, DateTimeOffset.UnixEpoch);
        frame.Luma.Fill((byte)luma);
        frame.Cb.Fill((byte)cb);
        frame.Cr.Fill((byte)cr);
        return frame;
    }

    private static Frame Slope()
    {
        Frame frame = Plain(0, 110, 140);
        for (int i = 0; i < Width * Height; i++)
        {
            frame.Luma[i] = (byte)Math.Round(20 + (i % Width / 2.0) + (i / Width / 4.0));
        }

        return frame;
    }
}
