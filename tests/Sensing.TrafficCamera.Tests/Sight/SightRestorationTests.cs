using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Sight;

public sealed class SightRestorationTests
{
    private static readonly SceneOptions Road = new() { Width = 320, Height = 180, VehiclesPerHour = 500, Sound = false };

    [Fact]
    public void A_plain_day_is_left_alone()
    {
        (_, double spoilt, double restored, SightRemedies applied) = Contrasts(Road, null);
        Assert.Equal(SightRemedies.None, applied);
        Assert.Equal(spoilt, restored);
    }

    [Theory]
    [InlineData(DegradationKind.Haze, 1.0)]
    [InlineData(DegradationKind.Fog, 0.5)]
    [InlineData(DegradationKind.Fog, 0.8)]
    public void Dehazing_brings_most_of_the_lost_contrast_back(DegradationKind kind, double strength)
    {
        (double plain, double spoilt, double restored, SightRemedies applied) = Contrasts(
            Road, Degradation.Of(kind, strength, Road.Width, Road.Height));
        Assert.True(applied.HasFlag(SightRemedies.Dehazing), $"{applied}");
        Assert.True(spoilt < 0.75 * plain, $"{spoilt:0} of {plain:0}: the test needs more haze");
        Assert.InRange(restored, spoilt + (0.5 * (plain - spoilt)), 1.35 * plain);
    }

    [Fact]
    public void Denoising_takes_more_than_half_of_the_noise()
    {
        using var scene = new TrafficScene(Road with { NoiseLevels = 6 });
        SightMeter meter = new(320, 180), restored = new(320, 180);
        var restoration = new SightRestoration(320, 180);
        SightReport before = default, after = default;
        for (int i = 0; i < 40; i++)
        {
            using Frame frame = scene.Next();
            before = meter.Next(frame);
            restoration.Apply(frame, before);
            after = restored.Next(frame);
        }

        Assert.True(restoration.Applied.HasFlag(SightRemedies.TemporalDenoising));
        Assert.InRange(after.Figures.Noise, 0, 0.5 * before.Figures.Noise);
    }

    [Fact]
    public void Rain_is_taken_off_and_what_stands_still_is_as_before()
    {
        using var scene = new TrafficScene(Road with { VehiclesPerHour = 0, Pedestrians = 0, Wind = 0, NoiseLevels = 0 });
        var meter = new SightMeter(320, 180);
        var restoration = new SightRestoration(320, 180);
        IFrameDegradation rain = Degradation.Of(DegradationKind.Rain, 1, 320, 180);
        double spoilt = 0, restored = 0;
        for (int i = 0; i < 30; i++)
        {
            using Frame frame = scene.Next();
            using Frame dry = frame.Copy();

            // The veil of rain stays, its streaks go: the same veil without streaks is what must come out.
            PlaneKernels.Towards(dry.Luma, (int)Math.Round(256 * 0.82), 150);
            rain.Apply(frame, i);
            double before = Far(dry, frame);
            restoration.Apply(frame, meter.Next(frame));
            (spoilt, restored) = i >= 10 ? (spoilt + before, restored + Far(dry, frame)) : (0, 0);
        }

        Assert.True(restoration.Applied.HasFlag(SightRemedies.RainRemoval));
        Assert.InRange(restored, 0, 0.5 * spoilt);
    }

    [Fact]
    public void Averaging_neighbours_divides_white_noise_by_the_side_of_the_square()
    {
        var denoiser = new SpatialDenoiser(320, 180);
        using var frame = Frame.Rent(320, 180, DateTimeOffset.UnixEpoch);
        frame.Raw.Span.Fill(128);
        new SensorNoise(3, 12, 320).AddTo(frame.Luma, 320, 0, 0);

        // σ 12 needs a square of five: 2.4 levels are left.
        Assert.Equal(12 / 5.0, denoiser.Apply(frame, 12), 1e-9);
        double squares = 0;
        foreach (byte value in frame.Luma)
        {
            squares += (value - 127.5) * (value - 127.5);
        }

        Assert.Equal(12 / 5.0, Math.Sqrt(squares / frame.Luma.Length), 0.25);
    }

    [Fact]
    public void The_background_sees_the_restored_frame_and_the_light_bars_the_one_that_came()
    {
        using var scene = new TrafficScene(Road with { Night = true, NoiseLevels = 8 });
        var sighting = new Sighting(new SightOptions());
        int seen = 0;
        for (int i = 0; i < 10; i++)
        {
            using Frame frame = scene.Next();
            byte[] came = frame.Raw.ToArray();
            sighting.Next(frame, item =>
            {
                seen++;
                Assert.Same(frame, item.Frame);
                Assert.NotNull(item.Restored);
                Assert.False(item.Restored.Raw.Span.SequenceEqual(came));
            });
            Assert.Equal(came, frame.Raw.ToArray());
        }

        Assert.Equal(10, seen);
    }

    [Fact]
    public void Darkness_is_brightened()
    {
        using var scene = new TrafficScene(Road with { NoiseLevels = 0 });
        var meter = new SightMeter(320, 180);
        var restoration = new SightRestoration(320, 180);
        IFrameDegradation night = Degradation.Of(DegradationKind.Night, 0.9, 320, 180);
        double dark = 0, bright = 0;
        for (int i = 0; i < 20; i++)
        {
            using Frame frame = scene.Next();
            night.Apply(frame, i);
            SightReport report = meter.Next(frame);
            dark = Mean(frame);
            restoration.Apply(frame, report);
            bright = Mean(frame);
        }

        Assert.True(restoration.Applied.HasFlag(SightRemedies.Gain));
        Assert.InRange(dark, 10, 50);
        Assert.InRange(bright, 60, 110);
    }

    /// <summary>Mean step between neighbouring pixels of the plain, the spoilt and the restored picture's road.</summary>
    private static (double Plain, double Spoilt, double Restored, SightRemedies Applied) Contrasts(
        SceneOptions options, IFrameDegradation? degradation)
    {
        using var scene = new TrafficScene(options with { NoiseLevels = 0.5 });
        scene.Skip(500);
        var meter = new SightMeter(options.Width, options.Height);
        var restoration = new SightRestoration(options.Width, options.Height);
        double plain = 0, spoilt = 0, restored = 0;
        for (int i = 0; i < 40; i++)
        {
            using Frame frame = scene.Next();
            plain = Steps(frame);
            degradation?.Apply(frame, i);
            spoilt = Steps(frame);
            restoration.Apply(frame, meter.Next(frame));
            restored = Steps(frame);
        }

        return (plain, spoilt, restored, restoration.Applied);
    }

    private static double Steps(Frame frame)
    {
        double sum = 0;
        int count = 0;
        for (int i = frame.Width * 60; i < (frame.Width * 150) - 2; i++)
        {
            sum += Math.Abs(frame.Luma[i + 2] - frame.Luma[i]);
            count++;
        }

        return sum / count;
    }

    /// <summary>Mean distance of the lumas of two frames.</summary>
    private static double Far(Frame a, Frame b)
    {
        double sum = 0;
        for (int i = 0; i < a.Luma.Length; i++)
        {
            sum += Math.Abs(a.Luma[i] - b.Luma[i]);
        }

        return sum / a.Luma.Length;
    }

    private static double Mean(Frame frame)
    {
        double sum = 0;
        foreach (byte value in frame.Luma)
        {
            sum += value;
        }

        return sum / frame.Luma.Length;
    }
}
