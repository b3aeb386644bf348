using Sensing.TrafficCamera.LightBars;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.LightBars;

public sealed class LightBarDetectorTests
{
    private const double Exposure = 0.02;

    public static TheoryData<double, double, int, double, byte, byte, byte> Bars => new()
    {
        // Frames a second, period, pulses, lit, colour (Y′, Cb, Cr).
        { 25, 1 / 1.92, 1, 0.045, 90, 230, 100 },
        { 30, 0.25, 1, 0.05, 90, 230, 100 },
        { 25, 0.5, 2, 0.05, 250, 128, 128 },
        { 30, 1 / 1.5, 3, 0.04, 110, 95, 230 },
        { 12.5, 0.5, 2, 0.05, 90, 230, 100 },
        { 15, 1 / 1.92, 1, 0.05, 90, 230, 100 },
    };

    [Theory]
    [MemberData(nameof(Bars))]
    public void A_flashing_lamp_on_a_jittering_roof_is_reported(
        double rate, double period, int pulses, double lit, byte luma, byte cb, byte cr)
    {
        FlashPattern pattern = new(period, pulses, lit, 0.06, 0.3);
        for (int seed = 0; seed < 4; seed++)
        {
            LightBarReading best = Best(rate, seed, (frame, t, x, y) => SyntheticLamp.Draw(frame, x + 12, y + 4, 2, pattern.Lit(t, Exposure), luma, cb, cr));
            Assert.True(best.IsOn, $"seed {seed}: {best}");
        }
    }

    [Fact]
    public void The_frequency_and_colour_are_those_of_the_lamp()
    {
        FlashPattern pattern = new(1 / 1.92, 1, 0.05, 0, 0.1);
        LightBarReading best = Best(25, 1, (frame, t, x, y) => SyntheticLamp.Draw(frame, x + 12, y + 4, 2, pattern.Lit(t, Exposure), 90, 230, 100));
        Assert.Equal(1.92, best.FrequencyHz, 0.1);
    }

    [Fact]
    public void An_indicator_is_not() => NotReported(new FlashPattern(1 / 1.5, 1, 0.33, 0, 0.2), 170, 40, 190);

    [Fact]
    public void A_white_lamp_that_is_lit_half_of_the_time_is_not() => NotReported(new FlashPattern(1 / 1.5, 1, 0.33, 0, 0.2), 250, 128, 128);

    [Fact]
    public void An_amber_beacon_is_not() => NotReported(new FlashPattern(0.6, 1, 0.08, 0, 0.2), 170, 40, 190);

    [Fact]
    public void A_steady_sign_or_a_red_lamp_behind_is_not() => NotReported(new FlashPattern(0, 0, 0, 0, 0), 110, 95, 230);

    [Fact]
    public void Brake_lights_are_not() => NotReported(new FlashPattern(2.5, 1, 1.2, 0, 0.2), 110, 95, 230);

    [Fact]
    public void Two_sides_that_take_turns_are_more_evidence_than_one()
    {
        FlashPattern left = new(0.5, 2, 0.05, 0.07, 0.1), right = left with { Phase = 0.6 };
        LightBarReading one = Best(25, 2, (frame, t, x, y) => SyntheticLamp.Draw(frame, x + 8, y + 4, 2, left.Lit(t, Exposure), 250, 128, 128));
        LightBarReading both = Best(25, 2, (frame, t, x, y) =>
        {
            SyntheticLamp.Draw(frame, x + 8, y + 4, 2, left.Lit(t, Exposure), 250, 128, 128);
            SyntheticLamp.Draw(frame, x + 32, y + 4, 2, right.Lit(t, Exposure), 250, 128, 128);
        });
        Assert.True(both.IsOn);
        Assert.True(both.LogLikelihoodRatio > one.LogLikelihoodRatio + 3, $"{both} against {one}");
    }

    [Fact]
    public void Glints_at_random_times_are_not()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            double[] glints = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() * 6)];
            Assert.False(Best(25, seed, (frame, t, x, y) => SyntheticLamp.Draw(
                frame, x + 12, y + 4, 2, glints.Any(g => t >= g && t < g + 0.06) ? 1 : 0, 250, 128, 128)).IsOn);
        }
    }

    [Fact]
    public void Roofs_without_lamps_are_not()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.False(Best(25, seed, (_, _, _, _) => { }).IsOn);
        }
    }

    [Fact]
    public void A_detector_resumes_from_its_saved_state()
    {
        FlashPattern pattern = new(1 / 1.92, 1, 0.045, 0, 0);
        List<LightBarReading> whole = [], resumed = [];
        LightBarDetector one = new(new LightBarOptions()), first = new(new LightBarOptions()), second = new(new LightBarOptions());
        Scene(25, 3, (frame, t, x, y) => SyntheticLamp.Draw(frame, x + 12, y + 4, 2, pattern.Lit(t, Exposure), 90, 230, 100), (i, frame, roof) =>
        {
            one.Next(frame, [roof], whole.Add);
            if (i == 70)
            {
                using MemoryStream state = new();
                using BinaryWriter writer = new(state);
                first.Save(writer);
                state.Position = 0;
                using BinaryReader reader = new(state);
                second.Load(reader);
            }

            (i < 70 ? first : second).Next(frame, [roof], resumed.Add);
        });
        Assert.Equal(whole, resumed);
        Assert.Contains(whole, reading => reading.IsOn);
    }

    private static void NotReported(FlashPattern pattern, byte luma, byte cb, byte cr)
    {
        foreach (double rate in (double[])[8, 12.5, 25, 30])
        {
            for (int seed = 0; seed < 3; seed++)
            {
                LightBarReading best = Best(rate, seed, (frame, t, x, y) =>
                    SyntheticLamp.Draw(frame, x + 12, y + 4, 2, pattern.Lit(t, Exposure), luma, cb, cr));
                Assert.False(best.IsOn, $"{rate} frames/s, seed {seed}: {best}");
            }
        }
    }

    private static LightBarReading Best(double rate, int seed, Action<Frame, double, double, double> draw)
    {
        LightBarDetector detector = new(new LightBarOptions());
        LightBarReading best = new(0, default, double.NegativeInfinity, 0, 0, default, false);
        Scene(rate, seed, draw, (_, frame, roof) => detector.Next(frame, [roof], reading =>
            best = reading.LogLikelihoodRatio >= best.LogLikelihoodRatio ? reading : best));
        return best;
    }

    /// <summary>A dark vehicle with a light windscreen that drives through noise for six seconds, its region jittering by a pixel.</summary>
    private static void Scene(
        double rate, int seed, Action<Frame, double, double, double> draw, Action<int, Frame, RoofRegion> each)
    {
        Random random = new(seed);
        for (int i = 0; i < 6 * rate; i++)
        {
            double t = i / rate, x = 30 + (8 * t), y = 30 + (4 * t);
            using var frame = Frame.Rent(128, 96, DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(t));
            for (int p = 0; p < frame.Luma.Length; p++)
            {
                bool body = p % 128 >= x && p % 128 < x + 40 && p / 128 >= y && p / 128 < y + 30;
                bool screen = body && p / 128 > y + 10 && p / 128 < y + 16;
                frame.Luma[p] = (byte)((screen ? 160 : body ? 60 : 110) + random.Next(-4, 5));
            }

            frame.Cb.Fill(128);
            frame.Cr.Fill(128);
            draw(frame, t, x, y);
            each(i, frame, RoofRegion.OfBox(1, x + random.Next(-1, 2), y + random.Next(-1, 2), 40 + random.Next(-1, 2), 30));
        }
    }
}
