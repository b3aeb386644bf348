using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Synthetic;

public sealed class EmergencyTests
{
    [Theory]
    [InlineData(SceneEmergency.Police, 0, 1.92, 1)]
    [InlineData(SceneEmergency.Ambulance, 0, 1.0, 2)]
    [InlineData(SceneEmergency.Ambulance, 1, 1.0, 2)]
    [InlineData(SceneEmergency.FireEngine, 0, 1.4, 3)]
    public void Lamps_flash_in_groups_of_short_pulses(SceneEmergency kind, int lamp, double groupsASecond, int pulses)
    {
        // A very short exposure sees each pulse by itself.
        int rises = 0;
        double longest = 0, since = 0;
        bool lit = false;
        for (int ms = 0; ms < 100_000; ms++)
        {
            bool now = LightBar.Lit(kind, lamp, ms / 1000.0, 0.001) > 0.5;
            if (now && !lit)
            {
                rises++;
                since = ms;
            }

            longest = now ? Math.Max(longest, ms - since) : longest;
            lit = now;
        }

        Assert.Equal(groupsASecond * pulses * 100, rises, 2.0);
        Assert.InRange(longest, 20, 80);
    }

    [Fact]
    public void The_police_car_has_one_lamp() =>
        Assert.All(Enumerable.Range(0, 1000), ms => Assert.Equal(0, LightBar.Lit(SceneEmergency.Police, 1, ms / 100.0, 0.01)));

    [Theory]
    [InlineData(SceneEmergency.Police, 510, 680)]
    [InlineData(SceneEmergency.Ambulance, 620, 1480)]
    [InlineData(SceneEmergency.FireEngine, 650, 1500)]
    public void A_siren_stays_within_its_tones(SceneEmergency kind, double low, double high)
    {
        double[] tones = Tones(kind, 20, 20);
        Assert.InRange(tones.Min(), low * 0.96, low * 1.08);
        Assert.InRange(tones.Max(), high * 0.92, high * 1.04);
    }

    [Fact]
    public void A_siren_that_approaches_is_higher()
    {
        double High(double after) => Tones(SceneEmergency.Police, 30, after).Where(f => f > 600).Order().ToArray() is var high
            ? high[high.Length / 2] : 0;
        double still = High(30), towards = High(30 - (20.0 / 15));

        // 20 m/s: f' = f·c / (c − v).
        Assert.Equal(343 / (343 - 20.0), towards / still, 0.012);
    }

    [Fact]
    public void A_siren_is_louder_the_nearer_it_is_and_absent_without_a_vehicle()
    {
        var sound = new SirenSound(new SceneOptions());
        double Power(SceneEmergency kind, double r) => Enumerable.Range(1, 30)
            .SelectMany(frame => sound.Between(frame, kind, r, r, 4)).Average(s => (double)s * s);
        Assert.True(Power(SceneEmergency.Ambulance, 20) > 3 * Power(SceneEmergency.Ambulance, 40));
        Assert.True(Power(SceneEmergency.Ambulance, 40) > 10 * Power(SceneEmergency.None, 40));
        Assert.True(Power(SceneEmergency.None, 40) > 100);
    }

    [Fact]
    public void Sound_is_without_gaps()
    {
        using var scene = new TrafficScene(SmallScene.Options with { FramesPerSecond = 30 });
        int samples = 0;
        for (int i = 0; i < 60; i++)
        {
            using Frame frame = scene.Next();
            samples += frame.Sound!.Samples.Length;
        }

        Assert.Equal(2 * SirenSound.Rate, samples);
    }

    [Fact]
    public void Emergency_vehicles_come_as_often_as_asked_for_and_flash()
    {
        SceneOptions options = new() { EmergencyEverySeconds = 40, VehiclesPerHour = 120, Width = 320, Height = 180, Sound = false };
        using var scene = new TrafficScene(options);
        var seen = new Dictionary<long, SceneEmergency>();
        int blue = 0, frames = 0;
        for (int i = 0; i < 15 * 130; i++)
        {
            using Frame frame = scene.Next();
            foreach (TruthVehicle v in scene.Truth.Vehicles.Where(v => v.Emergency != SceneEmergency.None))
            {
                seen[v.Id] = v.Emergency;
                if (v.Emergency == SceneEmergency.FireEngine && v.PositionM is > 20 and < 60)
                {
                    frames++;
                    blue += BluestIn(frame, v) > 175 ? 1 : 0;
                }
            }
        }

        // At 20, 60 and 100 s.
        Assert.Equal([SceneEmergency.Police, SceneEmergency.Ambulance, SceneEmergency.FireEngine], seen.OrderBy(p => p.Value).Select(p => p.Value));
        Assert.True(frames > 10);
        Assert.InRange(blue / (double)frames, 0.2, 0.9);
    }

    private static int BluestIn(Frame frame, TruthVehicle v)
    {
        int bluest = 0;
        for (int y = Math.Max(0, (int)v.Top / 2); y < Math.Min(frame.ChromaHeight, (v.Top + v.Bottom) / 4); y++)
        {
            for (int x = Math.Max(0, (int)v.Left / 2); x < Math.Min(frame.ChromaWidth, (int)v.Right / 2); x++)
            {
                bluest = Math.Max(bluest, frame.Cb[(y * frame.ChromaWidth) + x]);
            }
        }

        return bluest;
    }

    /// <summary>Frequency in windows of 20 ms, from the rising zero crossings of the sound itself.</summary>
    private static double[] Tones(SceneEmergency kind, double before, double after)
    {
        var sound = new SirenSound(new SceneOptions());
        double step = after - before, r = 90;
        var samples = new List<short>();
        for (int frame = 1; frame <= 60; frame++)
        {
            double now = step == 0 ? before : r + step;
            samples.AddRange(sound.Between(frame, kind, step == 0 ? before : r, now, 0));
            r = now;
        }

        const int Window = 320;
        return [.. samples.Chunk(Window).Select(Rate).Where(f => f > 0)];
    }

    private static double Rate(short[] window)
    {
        double first = -1, last = -1;
        int crossings = 0;
        for (int i = 1; i < window.Length; i++)
        {
            if (window[i - 1] < 0 && window[i] >= 0)
            {
                double at = i - (window[i] / (double)(window[i] - window[i - 1]));
                first = first < 0 ? at : first;
                last = at;
                crossings++;
            }
        }

        return crossings < 3 ? 0 : (crossings - 1) * SirenSound.Rate / (last - first);
    }
}
