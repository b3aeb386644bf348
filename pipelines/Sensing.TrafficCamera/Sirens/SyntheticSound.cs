namespace Sensing.TrafficCamera.Sirens;

/// <summary>Sirens and what is taken for them, made from their description: for tests, for the fit of the model and for the standalone.</summary>
public static partial class SyntheticSound
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 16_000;

    /// <summary>Whether a kind is a siren.</summary>
    public static bool IsSiren(SoundKind kind) => kind is SoundKind.Wail or SoundKind.Yelp or SoundKind.HiLo;

    /// <summary>A sound with a mean power of 1, its pitch, speed and timbre drawn from the seed.</summary>
    public static float[] Make(SoundKind kind, double seconds, int seed)
    {
        Random random = new(seed);
        float[] sound = new float[(int)(seconds * Rate)];
        switch (kind)
        {
            case SoundKind.Wail:
                Wail(sound, random);
                break;
            case SoundKind.Yelp:
                Yelp(sound, random);
                break;
            case SoundKind.HiLo:
                HiLo(sound, random);
                break;
            case SoundKind.CarHorn:
                Horn(sound, random, 320, 560);
                break;
            case SoundKind.AirHorn:
                Horn(sound, random, 130, 330);
                break;
            case SoundKind.ReversingBeeper:
                Beeper(sound, random);
                break;
            case SoundKind.Music:
                Music(sound, random);
                break;
            case SoundKind.Birds:
                Birds(sound, random);
                break;
            case SoundKind.Brakes:
                Brakes(sound, random);
                break;
            case SoundKind.Voice:
                Voice(sound, random);
                break;
            case SoundKind.Engine:
                Engine(sound, random);
                break;
            case SoundKind.TramBell:
                TramBell(sound, random);
                break;
            case SoundKind.Traffic:
                Traffic(sound, random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of sound.");
        }

        return Normalise(sound);
    }

    /// <summary>A sound over noise, as 16-bit samples.</summary>
    /// <param name="sound">Mean power 1.</param>
    /// <param name="noise">Mean power 1, of the same length.</param>
    /// <param name="signalToNoiseDb">Ratio of the mean powers, dB.</param>
    /// <param name="level">Root mean square of the sum over full scale.</param>
    public static short[] Mix(ReadOnlySpan<float> sound, ReadOnlySpan<float> noise, double signalToNoiseDb, double level = 0.1)
    {
        double gain = Math.Pow(10, signalToNoiseDb / 20);
        double scale = level * 32768 / Math.Sqrt(1 + (gain * gain));
        short[] samples = new short[sound.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)Math.Clamp(scale * ((gain * sound[i]) + noise[i]), short.MinValue, short.MaxValue);
        }

        return samples;
    }

    private static void Wail(float[] sound, Random random)
    {
        double low = Between(random, 400, 800), high = Math.Min(low * Between(random, 1.5, 3), 1800);
        double period = Between(random, 2.5, 7), rise = Between(random, 0.15, 0.6), curve = Between(random, 0.6, 1.8);
        double phase = random.NextDouble();
        Tone(sound, Timbre(random, 4), t => Sweep(t / period + phase, rise, curve, low, high), 1);
    }

    private static void Yelp(float[] sound, Random random)
    {
        double low = Between(random, 500, 850), high = Math.Min(low * Between(random, 1.6, 2.6), 1800);
        double period = Between(random, 0.2, 0.55), rise = Between(random, 0.2, 0.75), curve = Between(random, 0.7, 1.4);
        double phase = random.NextDouble();
        Tone(sound, Timbre(random, 4), t => Sweep(t / period + phase, rise, curve, low, high), 1);
    }

    private static void HiLo(float[] sound, Random random)
    {
        double low = Between(random, 390, 800), ratio = random.Next(2) == 0 ? 4.0 / 3 : Between(random, 1.15, 1.75);
        double dwell = Between(random, 0.3, 0.9), phase = random.NextDouble();
        Tone(sound, Timbre(random, 8), t => ((int)Math.Floor((t / dwell) + (2 * phase)) & 1) == 0 ? low : low * ratio, 1);
    }

    private static double Sweep(double cycles, double rise, double curve, double low, double high)
    {
        double at = cycles - Math.Floor(cycles);
        double up = at < rise ? Math.Pow(at / rise, 1 / curve) : Math.Pow((1 - at) / (1 - rise), curve);
        return low * Math.Pow(high / low, up);
    }

    private static void Horn(float[] sound, Random random, double lowest, double highest)
    {
        double first = Between(random, lowest, highest);
        double[] chord = random.Next(4) == 0 ? [first] : [first, first * Between(random, 1.17, 1.3), first * Between(random, 1.4, 1.55)];
        int voices = chord.Length == 1 ? 1 : 2 + random.Next(2);
        // A car that passes at up to 60 km/h: a Doppler shift of ±5 % that changes around the closest point.
        double doppler = random.Next(2) == 0 ? 0 : Between(random, 0.01, 0.05), middle = Between(random, 0, 3), width = Between(random, 0.3, 1.5);
        List<(double From, double To)> bursts = Bursts(random, sound.Length / (double)Rate, 0.15, 2.5, 0.08, 1.5);
        for (int v = 0; v < voices; v++)
        {
            double pitch = chord[v];
            Tone(sound, Timbre(random, 10, 0.3, 1.2), t => pitch * (1 - (doppler * Math.Tanh((t - middle) / width))), 1, bursts);
        }
    }

    private static void Beeper(float[] sound, Random random)
    {
        double pitch = Between(random, 900, 2000), on = Between(random, 0.15, 0.6), off = Between(random, 0.15, 0.6), start = Between(random, 0, 0.5);
        var bursts = new List<(double, double)>();
        for (double t = start; t < sound.Length / (double)Rate; t += on + off)
        {
            bursts.Add((t, t + on));
        }

        Tone(sound, Timbre(random, 3), _ => pitch, 1, bursts);
    }

    private static void Brakes(float[] sound, Random random)
    {
        double pitch = Between(random, 900, 3500), drift = Between(random, -0.06, 0.02), length = Between(random, 0.5, 2.5), start = Between(random, 0, 1.5);
        Tone(sound, Timbre(random, 3), t => pitch * Math.Pow(2, drift * (t - start)), 1, [(start, start + length)]);
    }

    private static void TramBell(float[] sound, Random random)
    {
        double pitch = Between(random, 500, 1300), every = Between(random, 0.12, 0.9), decay = Between(random, 0.1, 0.7);
        double[] partials = [1, 2.0 * Between(random, 0.98, 1.02), 2.4, 3.01, 4.1];
        for (double strike = Between(random, 0, 0.4); strike < sound.Length / (double)Rate; strike += every)
        {
            foreach (double partial in partials)
            {
                double amplitude = Between(random, 0.2, 1), phase = Between(random, 0, 6.28);
                for (int i = (int)(strike * Rate); i < sound.Length; i++)
                {
                    double t = (i / (double)Rate) - strike;
                    double envelope = amplitude * Math.Exp(-t * partial / decay);
                    if (envelope < 1e-3)
                    {
                        break;
                    }

                    sound[i] += (float)(envelope * Math.Sin(phase + (2 * Math.PI * pitch * partial * t)));
                }
            }
        }
    }

    /// <summary>Adds a tone with harmonics whose pitch is a function of time; with short ramps where it starts and ends.</summary>
    private static void Tone(
        float[] sound, double[] timbre, Func<double, double> pitch, double amplitude, List<(double From, double To)>? bursts = null)
    {
        double phase = 0;
        int burst = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            double t = i / (double)Rate, hertz = pitch(t), envelope = amplitude;
            phase += 2 * Math.PI * hertz / Rate;
            if (bursts is not null)
            {
                while (burst < bursts.Count && t > bursts[burst].To)
                {
                    burst++;
                }

                if (burst == bursts.Count)
                {
                    return;
                }

                envelope *= Math.Clamp(Math.Min(t - bursts[burst].From, bursts[burst].To - t) / 0.015, 0, 1);
            }

            if (envelope > 0)
            {
                double sum = 0;
                for (int h = 0; h < timbre.Length && hertz * (h + 1) < Rate * 0.48; h++)
                {
                    sum += timbre[h] * Math.Sin(phase * (h + 1));
                }

                sound[i] += (float)(envelope * sum);
            }
        }
    }

    /// <summary>Amplitudes of harmonics that fall by a power of their number.</summary>
    private static double[] Timbre(Random random, int harmonics, double slowest = 0.7, double fastest = 2.5)
    {
        double power = Between(random, slowest, fastest);
        double[] timbre = new double[harmonics];
        for (int h = 0; h < harmonics; h++)
        {
            timbre[h] = Math.Pow(h + 1, -power) * Between(random, 0.4, 1.6);
        }

        return timbre;
    }

    private static List<(double From, double To)> Bursts(
        Random random, double seconds, double shortest, double longest, double shortestPause, double longestPause)
    {
        List<(double, double)> bursts = [];
        double t = Between(random, 0, 0.7);
        while (t < seconds)
        {
            double length = Between(random, shortest, longest);
            bursts.Add((t, t + length));
            t += length + Between(random, shortestPause, longestPause);
        }

        return bursts;
    }

    private static float[] Normalise(float[] sound)
    {
        double power = 0;
        foreach (float sample in sound)
        {
            power += sample * sample;
        }

        float scale = power > 0 ? (float)Math.Sqrt(sound.Length / power) : 0;
        for (int i = 0; i < sound.Length; i++)
        {
            sound[i] *= scale;
        }

        return sound;
    }

    private static double Between(Random random, double low, double high) => low + (random.NextDouble() * (high - low));
}
