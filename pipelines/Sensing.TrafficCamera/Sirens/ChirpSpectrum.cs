namespace Sensing.TrafficCamera.Sirens;

/// <summary>Power of a short piece of sound over frequency, taken along the chirp rate at which each frequency is strongest.</summary>
/// <remarks>
/// A yelp moves by up to 8 kHz a second: over a window of 64 ms its tone smears over dozens of bins and sinks into the noise. Multiplying with the
/// opposite chirp first makes it stand still (chirplet transform, Mann and Haykin 1995). One complex transform serves a rate and its negative, since
/// the sound is real.
/// </remarks>
internal sealed class ChirpSpectrum
{
    /// <summary>Samples a second that the detector works with.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Samples in a window: 64 ms.</summary>
    public const int Length = 1024;

    /// <summary>Samples from window to window: 16 ms.</summary>
    public const int Hop = 256;

    /// <summary>Bins that are computed: up to 4.25 kHz.</summary>
    public const int Bins = 272;

    public const double HzPerBin = (double)SampleRate / Length;

    public const double SecondsPerHop = (double)Hop / SampleRate;

    // Closest at small rates, where most sirens are; a Hann window of 64 ms follows ±500 Hz/s beside the rate itself.
    private static readonly double[] RatesHzPerSecond = [0, 1000, 2200, 3700, 5600, 8000];

    // One step of a 16-bit sample has the variance 1/12; digital silence must not have a floor of zero.
    private const double QuantisationPower = Length * 0.375 / 12;

    private readonly FourierTransform _transform = new(Length);
    private readonly float[][] _cos;
    private readonly float[][] _sin;
    private readonly float[] _real = new float[Length];
    private readonly float[] _imaginary = new float[Length];

    public ChirpSpectrum()
    {
        _cos = new float[RatesHzPerSecond.Length][];
        _sin = new float[RatesHzPerSecond.Length][];
        for (int r = 0; r < RatesHzPerSecond.Length; r++)
        {
            _cos[r] = new float[Length];
            _sin[r] = new float[Length];
            for (int i = 0; i < Length; i++)
            {
                double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Length));
                double t = (i - ((Length - 1) / 2.0)) / SampleRate;
                (double sin, double cos) = Math.SinCos(-Math.PI * RatesHzPerSecond[r] * t * t);
                _cos[r][i] = (float)(window * cos);
                _sin[r][i] = (float)(window * sin);
            }
        }
    }

    /// <summary>Computes the largest power over the chirp rates, and the rate where it is.</summary>
    /// <param name="samples"><see cref="Length"/> samples, full scale 32768.</param>
    /// <param name="decibels">Power of each bin, dB.</param>
    /// <param name="rates">Chirp rate of each bin, Hz/s.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> decibels, Span<float> rates)
    {
        decibels[..Bins].Clear();
        for (int r = 0; r < RatesHzPerSecond.Length; r++)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(samples[..Length], _cos[r], _real);
            System.Numerics.Tensors.TensorPrimitives.Multiply(samples[..Length], _sin[r], _imaginary);
            _transform.Forward(_real, _imaginary);
            float rate = (float)RatesHzPerSecond[r];
            for (int bin = 0; bin < Bins; bin++)
            {
                int mirrored = (Length - bin) % Length;
                float up = (_real[bin] * _real[bin]) + (_imaginary[bin] * _imaginary[bin]);
                float down = (_real[mirrored] * _real[mirrored]) + (_imaginary[mirrored] * _imaginary[mirrored]);
                if (up > decibels[bin])
                {
                    decibels[bin] = up;
                    rates[bin] = rate;
                }

                if (down > decibels[bin])
                {
                    decibels[bin] = down;
                    rates[bin] = -rate;
                }
            }
        }

        for (int bin = 0; bin < Bins; bin++)
        {
            decibels[bin] = 10 * MathF.Log10(decibels[bin] + (float)QuantisationPower);
        }
    }
}
