using Sensing.TrafficCamera.Sirens;

namespace Sensing.Benchmarks.Camera;

/// <summary>What a street and a microphone do to a sound: noise, echoes, Doppler shift, a narrow band, overload, another loudness.</summary>
internal static class SoundChange
{
    /// <summary>Draws each change and applies it.</summary>
    /// <param name="sound">The sound, of any loudness.</param>
    /// <param name="noise">Noise of the same length, of any loudness.</param>
    /// <param name="random">Draws.</param>
    public static float[] Draw(float[] sound, float[] noise, Random random)
    {
        float[] changed = sound;
        if (random.Next(2) == 0)
        {
            changed = Doppler(changed, 0.92 + (0.16 * random.NextDouble()));
        }

        if (random.Next(2) == 0)
        {
            changed = Echo(changed, 0.1 + (0.5 * random.NextDouble()), 0.2 + (0.8 * random.NextDouble()), random);
        }

        changed = Add(changed, noise, -3 + (25 * random.NextDouble()));
        if (random.Next(2) == 0)
        {
            changed = LowPass(changed, 2000 + (4000 * random.NextDouble()));
        }

        double peak = 32768 * Math.Pow(10, (-40 + (40 * random.NextDouble())) / 20);
        double clip = random.Next(4) == 0 ? 0.3 : 1;
        double most = changed.Max(Math.Abs) + 1e-9;
        return Array.ConvertAll(changed, s => (float)(Math.Clamp(s / most / clip, -1, 1) * peak));
    }

    private static float[] Doppler(float[] sound, double factor)
    {
        float[] changed = new float[sound.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            // Longer than the sound: it runs backwards from its end, which a siren's tone may do.
            double at = i * factor;
            at = at < sound.Length - 1 ? at : Math.Max((2 * (sound.Length - 1)) - at, 0);
            int whole = Math.Min((int)at, sound.Length - 2);
            changed[i] = (float)(sound[whole] + ((at - whole) * (sound[whole + 1] - sound[whole])));
        }

        return changed;
    }

    /// <summary>Sparse reflections that die away exponentially.</summary>
    private static float[] Echo(float[] sound, double strength, double seconds, Random random)
    {
        float[] changed = (float[])sound.Clone();
        for (int r = 0; r < 40; r++)
        {
            double delay = 0.005 + (seconds * random.NextDouble());
            float gain = (float)(strength / 3 * Math.Exp(-3 * delay / seconds) * (random.Next(2) == 0 ? 1 : -1));
            int shift = (int)(delay * SyntheticSound.Rate);
            for (int i = shift; i < changed.Length; i++)
            {
                changed[i] += gain * sound[i - shift];
            }
        }

        return changed;
    }

    private static float[] LowPass(float[] sound, double cutoff)
    {
        double a = 1 - Math.Exp(-2 * Math.PI * cutoff / SyntheticSound.Rate), first = 0, second = 0;
        float[] changed = new float[sound.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            first += a * (sound[i] - first);
            second += a * (first - second);
            changed[i] = (float)second;
        }

        return changed;
    }

    private static float[] Add(float[] sound, float[] noise, double signalToNoiseDb)
    {
        double gain = Math.Sqrt(Power(sound) / (Power(noise) + 1e-9)) * Math.Pow(10, -signalToNoiseDb / 20);
        float[] changed = new float[sound.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            changed[i] = (float)(sound[i] + (gain * noise[i]));
        }

        return changed;
    }

    private static double Power(float[] sound) => sound.Sum(s => (double)s * s) / sound.Length;
}
