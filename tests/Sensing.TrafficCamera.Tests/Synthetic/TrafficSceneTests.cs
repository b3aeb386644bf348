using Sensing.Configuration;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Synthetic;

public sealed class TrafficSceneTests
{
    [Theory]
    [InlineData(SceneWeather.Clear, false, 0)]
    [InlineData(SceneWeather.Rain, true, 6)]
    public void The_same_seed_makes_the_same_frames_and_another_does_not(SceneWeather weather, bool night, double shake)
    {
        SceneOptions options = SmallScene.Options with { Weather = weather, Night = night, ShakePx = shake, EmergencyEverySeconds = 60 };
        Assert.Equal(Bytes(options), Bytes(options));
        Assert.NotEqual(Bytes(options), Bytes(options with { Seed = options.Seed + 1 }));
    }

    [Fact]
    public void The_signal_may_be_given_by_a_function()
    {
        using var scene = new TrafficScene(SmallScene.Options, signal: _ => SceneSignal.Red);
        for (int i = 0; i < 10 * 90; i++)
        {
            scene.Skip(1);
            Assert.All(
                scene.Traffic.Lanes.Take(scene.Road.Lanes).SelectMany(lane => lane), v => Assert.True(v.Way <= scene.Road.StopS));
        }

        using Frame frame = scene.Next();
        Assert.Equal(SceneSignal.Red, scene.Truth.Signal);
        Assert.All(scene.Truth.QueueM, queue => Assert.True(queue > 10));
    }

    [Fact]
    public void Two_approaches_of_one_junction_never_have_green_together()
    {
        FixedSignalPlan Plan(SceneOptions o) => new(o.CycleSeconds, o.OffsetSeconds, o.GreenSeconds, o.YellowSeconds);
        FixedSignalPlan south = Plan(ScenePresets.ApproachSouth), east = Plan(ScenePresets.ApproachEast);
        Assert.Equal(south.CycleSeconds, east.CycleSeconds);
        for (double t = 0; t < south.CycleSeconds; t += 0.1)
        {
            Assert.True(south.At(t) == SceneSignal.Red || east.At(t) == SceneSignal.Red, $"both go at {t:0.0} s");
        }
    }

    [Fact]
    public void Presets_are_valid()
    {
        foreach ((string name, object preset) in ((IPresetOptions)ScenePresets.ApproachSouth).Presets)
        {
            Assert.Empty(Assert.IsAssignableFrom<SceneOptions>(preset).Check());
            Assert.Equal(name, ((SceneOptions)preset).Preset);
        }
    }

    [Fact]
    public void Mistakes_name_their_option()
    {
        Assert.Equal("greenSeconds", Assert.Single(new SceneOptions { GreenSeconds = 68 }.Check()).Path);
        Assert.Equal("heavyShare", Assert.Single(new SceneOptions { HeavyShare = 0.6, TwoWheelerShare = 0.6 }.Check()).Path);
        Assert.Equal("pitchDegrees", Assert.Single(new SceneOptions { PitchDegrees = 45 }.Check()).Path);
    }

    [Fact]
    public void A_shaken_scene_moves_its_truth_with_the_picture()
    {
        SceneOptions options = SmallScene.Options with { Width = 320, Height = 180, NoiseLevels = 0, Wind = 0 };
        using var still = new TrafficScene(options);
        using var shaken = new TrafficScene(options with { ShakePx = 8 });
        still.Skip(300);
        shaken.Skip(300);
        using Frame a = still.Next(), b = shaken.Next();
        (int dx, int dy) = ((int)Math.Round(shaken.Truth.Shake.X), (int)Math.Round(shaken.Truth.Shake.Y));
        Assert.True(Math.Abs(dx) + Math.Abs(dy) > 1, "the seed's first displacement is too small for this test");
        Assert.Equal(still.Truth.Vehicles.Count, shaken.Truth.Vehicles.Count);
        Assert.All(still.Truth.Vehicles.Zip(shaken.Truth.Vehicles), pair =>
            Assert.Equal(pair.First.Left + shaken.Truth.Shake.X, pair.Second.Left, 1e-3));
        for (int y = 20; y < 160; y++)
        {
            for (int x = 20; x < 300; x++)
            {
                Assert.Equal(still.Truth.Mask.Span[(y * 320) + x], shaken.Truth.Mask.Span[((y + dy) * 320) + x + dx]);
            }
        }

        double apart = 0, unmoved = 0;
        for (int y = 20; y < 160; y++)
        {
            for (int x = 20; x < 300; x++)
            {
                apart += Math.Abs(a.Luma[(y * 320) + x] - b.Luma[((y + dy) * 320) + x + dx]);
                unmoved += Math.Abs(a.Luma[(y * 320) + x] - b.Luma[(y * 320) + x]);
            }
        }

        Assert.True(apart < 0.7 * unmoved, $"{apart} against {unmoved}");
    }

    private static byte[] Bytes(SceneOptions options)
    {
        using var scene = new TrafficScene(options);
        var bytes = new List<byte>();
        scene.Skip(250);
        for (int i = 0; i < 12; i++)
        {
            using Frame frame = scene.Next();
            bytes.AddRange(frame.Raw.Span);
            bytes.AddRange(scene.Truth.Mask.Span);
            foreach (short sample in frame.Sound!.Samples.Span)
            {
                bytes.Add((byte)sample);
                bytes.Add((byte)(sample >> 8));
            }
        }

        return [.. bytes];
    }
}
