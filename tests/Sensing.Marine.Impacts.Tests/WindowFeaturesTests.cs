using CsCheck;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Tests;

public sealed class WindowFeaturesTests
{
    private static readonly double[] Port = [1, 0, 0, 0, -1, 0, 0, 0, 1];

    [Fact]
    public void Every_feature_has_a_name_and_levels_are_features_only_where_they_are_asked_for()
    {
        MotionWindow window = Noise(1, default);
        Assert.Equal(new WindowFeatures().Names.Count, new WindowFeatures().Of(window).Length);
        Assert.Equal(new WindowFeatures().Names.Count + 6, new WindowFeatures(Baseline.Load).Of(window).Length);
        Assert.Equal(new WindowFeatures().Names.Count, new WindowFeatures().Names.Distinct().Count());
    }

    [Fact]
    public void Gravity_trim_and_offsets_change_nothing() => Gen.Select(Gen.Int, Gen.Double[-20, 20], Gen.Double[-1, 1]).Sample((seed, level, rate) =>
    {
        float[] plain = new WindowFeatures().Of(Noise(seed, default)), moved = new WindowFeatures().Of(Noise(seed, new Motion6(level, -level, 2 * level, rate, -rate, rate)));
        Assert.All(plain.Zip(moved), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }, iter: 100, threads: 1);

    [Fact]
    public void Seen_from_the_other_side_only_what_has_a_side_changes_its_sign()
    {
        var features = new WindowFeatures();
        MotionWindow window = Noise(7, default);
        float[] here = features.Of(window), there = features.Of(window.Transformed(Port));
        for (int i = 0; i < here.Length; i++)
        {
            Assert.Equal(Math.Abs(here[i]), Math.Abs(there[i]), 1e-4f);
        }

        int starboard = features.Names.ToList().IndexOf("acceleration direction starboard"), ahead = features.Names.ToList().IndexOf("acceleration direction ahead");
        int roll = features.Names.ToList().IndexOf("rate direction ahead"), pitch = features.Names.ToList().IndexOf("rate direction starboard");
        Assert.Equal(here[starboard], -there[starboard], 1e-4f);
        Assert.Equal(here[ahead], there[ahead], 1e-4f);
        Assert.Equal(here[roll], -there[roll], 1e-4f);
        Assert.Equal(here[pitch], there[pitch], 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(-50)]
    [InlineData(170)]
    public void Severity_is_that_of_a_known_push(double fromDeg)
    {
        // A half sine of 0.1 s with a peak of 10 m/s² changes the velocity by 2/π · 0.1 · 10 m/s.
        const double Peak = 10, Seconds = 0.1;
        var samples = new Motion6[190];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (i - 90) / 100.0, push = t is >= 0 and <= Seconds ? Peak * Math.Sin(Math.PI * t / Seconds) : 0;
            samples[i] = new Motion6(-push * Math.Cos(fromDeg * Math.PI / 180), -push * Math.Sin(fromDeg * Math.PI / 180), -9.81, 0, 0, 0);
        }

        Severity severity = Severity.Of(MotionWindow.Of(100, samples), 90);
        Assert.Equal(Peak, severity.PeakMs2, 0.05);
        Assert.Equal(2 / Math.PI * Seconds * Peak, severity.DeltaVMs, 0.02);
        Assert.Equal(0, Math.IEEERemainder(severity.DirectionDeg - fromDeg, 360), 0.1);
        Assert.Equal(Peak * Math.PI / Seconds, severity.JerkMs3, 20.0);
    }

    [Fact]
    public void A_quadcopter_is_the_same_after_a_quarter_turn_and_a_hull_is_not()
    {
        string[] drone = ["hover", "gust-from-left", "gust-from-front", "impact-front-left", "impact-back-left", "impact-front-right", "impact-back-right"];
        Assert.Equal(8, Symmetry.Square.Of(Noise(1, default), 0, drone).Count(seen => seen.Class == 0));

        // Of the four sides that a gust from the left can be turned to, two have a class.
        Assert.Equal([1, 2, 1, 2], Symmetry.Square.Of(Noise(1, default), 1, drone).Select(seen => seen.Class));
        Assert.Equal([3, 4, 5, 6], Symmetry.Square.Of(Noise(1, default), 3, drone).Select(seen => seen.Class).Distinct().Order());
        Assert.Equal([4, 4], Symmetry.Mirror.Of(Noise(1, default), 4, ["none", "wave-slam", "engine", "glancing", "bow", "beam", "stern"]).Select(seen => seen.Class));
    }

    private static MotionWindow Noise(int seed, Motion6 level)
    {
        var random = new Random(seed);
        double Draw() => random.NextDouble() - 0.5;
        return MotionWindow.Of(100, [.. Enumerable.Range(0, 99).Select(_ => level + new Motion6(Draw(), 2 * Draw(), Draw(), 0.2 * Draw(), 0.1 * Draw(), 0.1 * Draw()))]);
    }
}
