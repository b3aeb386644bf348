namespace Sensing.TrafficCamera.Sirens;

/// <content>Music, birds, voices, engines and noise.</content>
public static partial class SyntheticSound
{
    private static void Music(float[] sound, Random random)
    {
        int[] scale = [0, 2, 4, 5, 7, 9, 11];
        double tonic = 110 * Math.Pow(2, random.Next(12) / 12.0), beat = Between(random, 0.18, 0.6), seconds = sound.Length / (double)Rate;
        double sustain = Between(random, 0.15, 2);
        double Pitch(int degree) => tonic * Math.Pow(2, (scale[degree % 7] + (12 * (degree / 7))) / 12.0);
        for (double bar = -Between(random, 0, beat * 4); bar < seconds; bar += beat * 4)
        {
            int root = random.Next(7);
            foreach (int degree in (int[])[root, root + 4, root + 9, root + 14])
            {
                Note(sound, random, Pitch(degree), bar, beat * 4, sustain, 0);
            }
        }

        double vibrato = random.Next(2) == 0 ? 0 : Between(random, 0.003, 0.012);
        int note = 10 + random.Next(8);
        for (double t = -Between(random, 0, beat); t < seconds;)
        {
            double length = beat * (1 << random.Next(3)) / 2;
            note = Math.Clamp(note + random.Next(-3, 4), 10, 24);
            Note(sound, random, Pitch(note), t, length, sustain, vibrato);
            t += length;
        }
    }

    private static void Note(float[] sound, Random random, double pitch, double start, double length, double sustain, double vibrato)
    {
        double[] timbre = Timbre(random, 6, 0.8, 2);
        double phase = 0;
        for (int i = Math.Max((int)(start * Rate), 0); i < Math.Min((int)((start + length) * Rate), sound.Length); i++)
        {
            double t = (i / (double)Rate) - start;
            phase += 2 * Math.PI * pitch * (1 + (vibrato * Math.Sin(2 * Math.PI * 5.5 * t))) / Rate;
            double envelope = Math.Exp(-t / sustain) * Math.Clamp(Math.Min(t, length - t) / 0.02, 0, 1), sum = 0;
            for (int h = 0; h < timbre.Length && pitch * (h + 1) < Rate * 0.45; h++)
            {
                sum += timbre[h] * Math.Sin(phase * (h + 1));
            }

            sound[i] += (float)(envelope * sum);
        }
    }

    private static void Birds(float[] sound, Random random)
    {
        double seconds = sound.Length / (double)Rate;
        if (random.Next(4) == 0)
        {
            // A cuckoo: a falling third around 600 Hz, then a pause.
            double high = Between(random, 580, 720), low = high / Between(random, 1.15, 1.27), every = Between(random, 1.1, 1.6);
            for (double t = Between(random, 0, 0.6); t < seconds; t += every)
            {
                Tone(sound, [1, 0.1], _ => high, 1, [(t, t + 0.15)]);
                Tone(sound, [1, 0.1], _ => low, 1, [(t + 0.3, t + 0.52)]);
            }

            return;
        }

        for (double t = Between(random, 0, 0.3); t < seconds;)
        {
            double length = Between(random, 0.04, 0.25), from = Between(random, 1400, 5000), to = from * Between(random, 0.6, 1.6), start = t;
            Tone(sound, [1, 0.2], s => from * Math.Pow(to / from, Math.Clamp((s - start) / length, 0, 1)), Between(random, 0.3, 1), [(t, t + length)]);
            t += length + Between(random, 0.03, 0.5);
        }
    }

    private static void Voice(float[] sound, Random random)
    {
        double seconds = sound.Length / (double)Rate, speaker = Between(random, 90, 260);
        double[][] formants = [[700, 1200], [400, 2000], [300, 2300], [450, 900], [350, 750]];
        for (double t = Between(random, 0, 0.3); t < seconds;)
        {
            double length = Between(random, 0.12, 0.4), from = speaker * Between(random, 0.85, 1.25), to = from * Between(random, 0.75, 1.2), start = t;
            double[] formant = formants[random.Next(formants.Length)];
            double[] timbre = new double[24];
            for (int h = 0; h < timbre.Length; h++)
            {
                double hertz = from * (h + 1);
                timbre[h] = (0.02 + formant.Sum(f => Math.Exp(-Math.Pow((hertz - f) / 150, 2)))) / Math.Sqrt(h + 1);
            }

            Tone(sound, timbre, s => from * Math.Pow(to / from, Math.Clamp((s - start) / length, 0, 1)), 1, [(t, t + length)]);
            t += length + Between(random, 0.02, 0.3);
        }
    }

    private static void Engine(float[] sound, Random random)
    {
        // Firing rate of a car up to a motorcycle; gears drop it, then it climbs again.
        double low = Between(random, 30, 170), high = low * Between(random, 1.1, 2.2), period = Between(random, 1.5, 8), phase = random.NextDouble();
        double[] timbre = Timbre(random, 16, 0.2, 1.3);
        Tone(sound, timbre, t => Sweep((t / period) + phase, 0.85, 1, low, high), 1);
        float[] noise = new float[sound.Length];
        Traffic(noise, random);
        Normalise(noise);
        Normalise(sound);
        for (int i = 0; i < sound.Length; i++)
        {
            sound[i] += 0.3f * noise[i];
        }
    }

    /// <summary>Noise that falls by 3 to 9 dB an octave, its loudness changing slowly.</summary>
    private static void Traffic(float[] sound, Random random)
    {
        double corner = Between(random, 60, 900), second = Between(random, 800, 5000), smooth = 0, smoother = 0;
        double a = 1 - Math.Exp(-2 * Math.PI * corner / Rate), b = 1 - Math.Exp(-2 * Math.PI * second / Rate);
        double white = Between(random, 0.02, 0.3), rate = Between(random, 0.05, 0.5), phase = Between(random, 0, 6.28), depth = Between(random, 0, 0.8);
        for (int i = 0; i < sound.Length; i++)
        {
            double sample = Gaussian(random);
            smooth += a * (sample - smooth);
            smoother += b * ((smooth / Math.Sqrt(a)) + (white * sample) - smoother);
            sound[i] = (float)(smoother * (1 + (depth * Math.Sin(phase + (2 * Math.PI * rate * i / Rate)))));
        }
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
