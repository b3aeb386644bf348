using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Takes out what stays at one frequency: the harmonics of a horn that is sounded over a siren.</summary>
internal sealed class SteadyLines : IResumable
{
    // A tone that moves by 100 Hz/s leaves a bin within 0.3 s; a horn lasts longer.
    private const double Seconds = 0.6;
    private const float Step = (float)(ChirpSpectrum.SecondsPerHop / Seconds);
    private const float MostDb = 30;

    private readonly float[] _mean = new float[ChirpSpectrum.Bins];
    private readonly float[] _excess = new float[ChirpSpectrum.Bins];

    /// <summary>What each bin of the last spectrum has over its noise and over its own recent mean, dB; 0 or more.</summary>
    public ReadOnlySpan<float> Excess => _excess;

    public void Update(ReadOnlySpan<float> decibels, ReadOnlySpan<float> floors)
    {
        for (int bin = 0; bin < ChirpSpectrum.Bins; bin++)
        {
            float excess = Math.Clamp(decibels[bin] - floors[bin], 0, MostDb);
            _excess[bin] = Math.Max(excess - _mean[bin], 0);
            _mean[bin] += Step * (excess - _mean[bin]);
        }
    }

    public void Clear() => _mean.AsSpan().Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("lines-1");
        state.WriteArray<float>(_mean);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("lines-1");
        state.ReadArray<float>(_mean);
    }
}
