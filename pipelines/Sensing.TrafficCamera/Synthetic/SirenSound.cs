namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Sound of a scene: street noise and the siren of a vehicle that moves, 16 kHz.</summary>
internal sealed class SirenSound(SceneOptions options)
{
    public const int Rate = 16_000;

    private const double SpeedOfSound = 343;

    private readonly ulong _seed = SceneRandom.Mix((ulong)options.Seed + 0x50d);

    /// <summary>Number of the first sample of a frame's sound; the last is the one before the next frame's first.</summary>
    public long FirstOf(long frame) => frame * Rate / options.FramesPerSecond;

    /// <summary>Sound between the frame before and this one.</summary>
    /// <param name="frame">Number of the frame.</param>
    /// <param name="kind">Siren; none: street noise alone.</param>
    /// <param name="before">Distance of the vehicle from the microphone at the frame before, m.</param>
    /// <param name="now">Distance at this frame, m.</param>
    /// <param name="vehicles">Vehicles near the camera.</param>
    public short[] Between(long frame, SceneEmergency kind, double before, double now, int vehicles)
    {
        long first = FirstOf(frame - 1), end = FirstOf(frame);
        var samples = new short[end - first];
        double level = 260 + (70 * Math.Min(vehicles, 12));
        for (int i = 0; i < samples.Length; i++)
        {
            long at = first + i;
            double value = level * Street(at);
            if (kind != SceneEmergency.None)
            {
                double r = before + ((now - before) * i / samples.Length);
                double emitted = ((double)at / Rate) - (r / SpeedOfSound);
                value += 9000 * 18 / Math.Max(r, 6) * Siren(kind, emitted);
            }

            samples[i] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        }

        return samples;
    }

    /// <summary>Low-passed noise of variance about 1: a sum of interpolated white noises an octave apart.</summary>
    private double Street(long sample)
    {
        double sum = 0;
        for (int octave = 0; octave < 5; octave++)
        {
            int span = 4 << octave;
            long cell = sample / span;
            double t = (double)(sample - (cell * span)) / span;
            sum += (1 - t) * White(cell, octave) + (t * White(cell + 1, octave));
        }

        return sum + (0.25 * White(sample, 9));
    }

    private double White(long cell, int octave) =>
        (SceneRandom.Mix(_seed + (ulong)(cell * 16) + (ulong)octave) >> 11) * (2.0 / (1UL << 53)) - 1;

    /// <summary>The siren's pressure at a time of its own: a tone and two harmonics, as of a horn loudspeaker.</summary>
    private static double Siren(SceneEmergency kind, double t)
    {
        double phase = kind switch
        {
            SceneEmergency.Police => HiLo(t),
            SceneEmergency.Ambulance => Sweep(t, 620, 1480, 4.2),
            _ => Sweep(t, 650, 1500, 0.32),
        };
        double angle = 2 * Math.PI * phase;
        return (0.68 * Math.Sin(angle)) + (0.2 * Math.Sin(2 * angle)) + (0.12 * Math.Sin(3 * angle));
    }

    /// <summary>Cycles since time 0 of a tone that swings between two frequencies.</summary>
    private static double Sweep(double t, double low, double high, double period) =>
        ((low + high) / 2 * t) - ((high - low) / 2 * period / (2 * Math.PI) * Math.Sin(2 * Math.PI * t / period));

    /// <summary>Two tones, a fourth apart, 0.75 s each.</summary>
    private static double HiLo(double t)
    {
        const double Low = 510, High = 680, Each = 0.75;
        double periods = Math.Floor(t / (2 * Each)), place = t - (periods * 2 * Each);
        return (periods * Each * (Low + High)) + (place < Each ? place * High : (Each * High) + ((place - Each) * Low));
    }
}
