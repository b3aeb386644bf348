using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Sight;

public sealed class SightMeterTests
{
    private static readonly SceneOptions Road = new() { Width = 320, Height = 180, VehiclesPerHour = 500, Sound = false };

    [Theory]
    [InlineData(DegradationKind.Haze, SightReason.Haze, SightReason.Fog)]
    [InlineData(DegradationKind.Fog, SightReason.Fog, SightReason.Haze)]
    [InlineData(DegradationKind.Night, SightReason.Noise, SightReason.Dark)]
    [InlineData(DegradationKind.Rain, SightReason.Rain, SightReason.Rain)]
    [InlineData(DegradationKind.Shake, SightReason.Shake, SightReason.Shake)]
    public void Quality_falls_with_the_strength_of_each_degradation(DegradationKind kind, SightReason reason, SightReason orReason)
    {
        double before = 1;
        SightReport report = default;
        foreach (double strength in new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })
        {
            report = After(Road, Degradation.Of(kind, strength, Road.Width, Road.Height));
            Assert.True(report.Quality <= before + 0.005, $"{report.Quality} at strength {strength}, {before} before");
            before = report.Quality;
        }

        Assert.InRange(report.Quality, 0, 0.75);
        Assert.True(report.Reason == reason || report.Reason == orReason, $"{report.Reason}");
    }

    public static TheoryData<string> PlainDays =>
        ["clear", "overcast", "free_flow", "east", "empty", "jam", "low sun", "wind"];

    [Theory]
    [MemberData(nameof(PlainDays))]
    public void A_plain_day_is_clear(string day)
    {
        SceneOptions options = day switch
        {
            "overcast" => Road with { Weather = SceneWeather.Overcast },
            "free_flow" => ScenePresets.FreeFlow,
            "east" => ScenePresets.ApproachEast,
            "empty" => Road with { VehiclesPerHour = 0 },
            "jam" => Road with { VehiclesPerHour = 1500, GreenSeconds = 8, Lanes = 3 },
            "low sun" => Road with { SunElevationDegrees = 12, SunAzimuthDegrees = -80 },
            "wind" => Road with { Wind = 1 },
            _ => Road,
        };
        SightReport report = After(options, null);
        Assert.InRange(report.Quality, 0.93, 1);
        Assert.Equal(SightReason.Clear, report.Reason);
    }

    [Fact]
    public void Night_and_fog_of_the_scene_itself_are_seen()
    {
        SightReport night = After(Road with { Night = true }, null);
        SightReport fog = After(Road with { Weather = SceneWeather.Fog, WeatherStrength = 0.8 }, null);
        Assert.InRange(night.Quality, 0.2, 0.8);
        Assert.Contains(night.Reason, new[] { SightReason.Dark, SightReason.Noise });
        Assert.InRange(fog.Quality, 0, 0.6);
        Assert.Contains(fog.Reason, new[] { SightReason.Fog, SightReason.Haze });
    }

    [Fact]
    public void A_blank_picture_has_no_quality()
    {
        var meter = new SightMeter(320, 180);
        using Frame frame = Frame.Rent(320, 180, DateTimeOffset.UnixEpoch);
        frame.Raw.Span.Fill(90);
        SightReport report = meter.Next(frame);
        Assert.Equal(0, report.Quality);
        Assert.Equal(SightReason.Blank, report.Reason);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(5.0)]
    [InlineData(9.0)]
    public void Noise_is_measured_within_a_fifth(double levels)
    {
        SightReport report = After(Road with { NoiseLevels = levels }, null);
        Assert.InRange(report.Figures.Noise, 0.8 * levels, 1.2 * levels);
    }

    [Fact]
    public void Global_motion_is_that_of_the_shaking_camera()
    {
        var shake = new Shake(4, 3);
        SightReport report = After(Road, shake, frames: 40);
        double expected = Enumerable.Range(4, 36).Average(n => (shake.At(n) - shake.At(n - 1)).Length());

        // Frames in which too few tiles agree count as still: the figure is a lower bound.
        Assert.InRange(report.Figures.MotionPx, 0.5 * expected, 1.1 * expected);
        Assert.InRange(After(Road, null).Figures.MotionPx, 0, 0.2);
    }

    [Fact]
    public void Saved_and_loaded_it_reports_the_same()
    {
        using var scene = new TrafficScene(Road with { Weather = SceneWeather.Rain });
        SightMeter a = new(320, 180), b = new(320, 180);
        for (int i = 0; i < 40; i++)
        {
            using Frame frame = scene.Next();
            if (i == 20)
            {
                using var state = new MemoryStream();
                a.Save(new BinaryWriter(state));
                state.Position = 0;
                b.Load(new BinaryReader(state));
            }

            SightReport report = a.Next(frame);
            if (i >= 20)
            {
                Assert.Equal(report, b.Next(frame));
            }
        }
    }

    private static SightReport After(SceneOptions options, IFrameDegradation? degradation, int frames = 30)
    {
        using var scene = new TrafficScene(options);
        var meter = new SightMeter(options.Width, options.Height);
        scene.Skip(45 * options.FramesPerSecond);
        SightReport report = default;
        for (int i = 0; i < frames; i++)
        {
            using Frame frame = scene.Next();
            degradation?.Apply(frame, i);
            report = meter.Next(frame);
        }

        return report;
    }
}
