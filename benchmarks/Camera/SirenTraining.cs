using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>The sounds that the siren model is fitted to: clips and synthetic ones, through other microphones, streets and distances.</summary>
internal static class SirenTraining
{
    private const int Variants = 3;
    private const int SyntheticPerKind = 60;

    // Clips are what the model is for; synthetic sounds outnumber them.
    private const double ClipWeight = 2;
    private const double SyntheticSeconds = 3.5;

    /// <summary>Group of the synthetic sounds of a kind: validated as if the kind were unknown.</summary>
    private const int FirstSyntheticGroup = 1000;

    /// <summary>Adds all of them.</summary>
    public static void Add(SirenFit fit, IReadOnlyList<SirenClip> clips, CancellationToken cancellation)
    {
        Random random = new(15);
        var sounds = clips.Select(clip => (Clip: clip, Sound: Floats(SoundFile.Read(clip.Path)))).ToArray();
        float[][] traffic = [.. sounds.Where(s => !s.Clip.IsSiren).Select(s => s.Sound)];
        foreach ((SirenClip clip, float[] sound) in sounds)
        {
            cancellation.ThrowIfCancellationRequested();
            // Neighbouring numbers are cut from one recording.
            int group = (clip.IsSiren ? 0 : 500) + (clip.Number / 10);
            double from = Math.Min(2.2, (double)sound.Length / SyntheticSound.Rate * 0.7);
            fit.Add(Shorts(sound), clip.IsSiren, group, from, clip.Name, ClipWeight);
            for (int v = 0; v < Variants; v++)
            {
                float[] noise = random.Next(2) == 0 ? Cut(traffic[random.Next(traffic.Length)], sound.Length)
                    : SyntheticSound.Make(SoundKind.Traffic, (double)sound.Length / SyntheticSound.Rate, random.Next());
                fit.Add(Shorts(SoundChange.Draw(sound, noise, random)), clip.IsSiren, group, from, $"{clip.Name}.{v}", ClipWeight);
            }
        }

        foreach (SoundKind kind in Enum.GetValues<SoundKind>())
        {
            for (int i = 0; i < SyntheticPerKind; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                float[] sound = SyntheticSound.Make(kind, SyntheticSeconds, random.Next());
                float[] noise = random.Next(2) == 0 ? Cut(traffic[random.Next(traffic.Length)], sound.Length)
                    : SyntheticSound.Make(SoundKind.Traffic, SyntheticSeconds, random.Next());
                fit.Add(Shorts(SoundChange.Draw(sound, noise, random)), SyntheticSound.IsSiren(kind), FirstSyntheticGroup + (i % 5), 3, $"{kind}.{i}");
            }
        }
    }

    private static float[] Floats(Sound sound)
    {
        ReadOnlySpan<short> samples = sound.Samples.Span;
        float[] floats = new float[samples.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = samples[i];
        }

        return floats;
    }

    private static Sound Shorts(float[] sound) =>
        new(Array.ConvertAll(sound, s => (short)Math.Clamp(s, short.MinValue, short.MaxValue)), SyntheticSound.Rate);

    /// <summary>As long as asked for; a shorter one is repeated.</summary>
    private static float[] Cut(float[] sound, int length)
    {
        float[] cut = new float[length];
        for (int i = 0; i < length; i++)
        {
            cut[i] = sound[i % sound.Length];
        }

        return cut;
    }
}
