using System.Numerics;

namespace Sensing.Das.Synthetic;

/// <summary>Noise of an interrogator: white and 1/f on every channel by itself, and some that all channels share.</summary>
/// <remarks>
/// One-sided density S(f) = S₀ (1 + f_c / f). Every value depends on (seed, sample, channel) alone. White: the sum of the
/// eight bytes of a hash of the place, Gaussian to 4.9 σ by the central limit theorem. 1/f: the sum of one random
/// polyline an octave, all of the same variance (Voss's sum after Gardner, Scientific American 238, 16, 1978, with lines
/// in place of steps); within one stretch, the knots' distance in the fastest octave, the sum is a straight line.
/// </remarks>
internal sealed class FibreNoise
{
    private const int Octaves = 11;

    /// <summary>Standard deviation of the sum of eight bytes: √(8 (256² − 1) / 12).</summary>
    private const float SumDeviation = 209.022f;
    private const float SumMean = 8 * 127.5f;

    /// <summary>Share of the noise's amplitude that all channels have in common (laser and clock), on top of their own.</summary>
    private const float CommonShare = 0.5f;

    private readonly int _channels;
    private readonly ulong _seed;
    private readonly float _white;
    private readonly float _octave;
    private readonly float[] _start;
    private readonly float[] _slope;
    private long _stretch = -1;

    /// <param name="geometry">Channels and time step.</param>
    /// <param name="density">S₀, (1/s)² per Hz, one-sided.</param>
    /// <param name="cornerHz">f_c, where white and 1/f noise are equally strong, Hz.</param>
    /// <param name="seed">Seed.</param>
    public FibreNoise(DasGeometry geometry, double density, double cornerHz, long seed)
    {
        _channels = geometry.Channels;
        _seed = new SeededRandom(seed, 0x40).NextWord();
        _white = (float)Math.Sqrt(density / (2 * geometry.TimeStepSeconds));

        // An octave of S₀ f_c / f holds S₀ f_c ln 2; a polyline through knots of variance σ² has 2/3 σ² on average.
        _octave = (float)Math.Sqrt(1.5 * Math.Log(2) * cornerHz * density);

        // The channels and, last, what they have in common.
        _start = new float[_channels + 1];
        _slope = new float[_channels + 1];
        StretchSamples = Math.Max(1, (int)Math.Round(0.125 / cornerHz / geometry.TimeStepSeconds));
    }

    /// <summary>Samples over which the 1/f part is a straight line.</summary>
    public int StretchSamples { get; }

    /// <summary>row = row · signalGain + noise · noiseGain, for the sample <paramref name="sample"/>.</summary>
    public void AddTo(Span<float> row, long sample, ReadOnlySpan<float> signalGain, ReadOnlySpan<float> noiseGain)
    {
        long stretch = sample / StretchSamples;
        if (stretch != _stretch)
        {
            Enter(stretch);
        }

        ulong key = SeededRandom.Mix(_seed ^ SeededRandom.Mix((ulong)sample));
        uint keyA = (uint)key, keyB = (uint)(key >> 32);
        float along = sample - (stretch * StretchSamples);
        float common = CommonShare * ((_white * ((Sum(keyA ^ 0x5bd1e995) + Sum(keyB ^ 0x5bd1e995) - SumMean) / SumDeviation))
            + _start[_channels] + (along * _slope[_channels]));
        float scale = _white / SumDeviation;
        int c = 0;
        Vector<uint> lane = Vector<uint>.Indices;
        for (; c <= row.Length - Vector<float>.Count; c += Vector<float>.Count)
        {
            Vector<uint> place = (lane + new Vector<uint>((uint)c)) * 0x9E3779B9;
            Vector<uint> sums = Sum(place ^ new Vector<uint>(keyA)) + Sum(place ^ new Vector<uint>(keyB));
            Vector<float> white = (Vector.ConvertToSingle(Vector.AsVectorInt32(sums)) - new Vector<float>(SumMean)) * scale;
            Vector<float> slow = new Vector<float>(_start.AsSpan(c)) + (along * new Vector<float>(_slope.AsSpan(c)));
            (((new Vector<float>(row[c..])) * new Vector<float>(signalGain[c..]))
                + ((white + slow + new Vector<float>(common)) * new Vector<float>(noiseGain[c..]))).CopyTo(row[c..]);
        }

        for (; c < row.Length; c++)
        {
            uint place = (uint)c * 0x9E3779B9;
            float white = ((float)(int)(Sum(place ^ keyA) + Sum(place ^ keyB)) - SumMean) * scale;
            float slow = _start[c] + (along * _slope[c]);
            row[c] = (row[c] * signalGain[c]) + ((white + slow + common) * noiseGain[c]);
        }
    }

    /// <summary>Sum of the four bytes of a hash of <paramref name="x"/> (C. Wellons's lowbias32, public domain).</summary>
    private static uint Sum(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352d;
        x = (x ^ (x >> 15)) * 0x846ca68b;
        x ^= x >> 16;
        x = (x & 0x00FF00FF) + ((x >> 8) & 0x00FF00FF);
        return (x + (x >> 16)) & 0xFFFF;
    }

    private static Vector<uint> Sum(Vector<uint> x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352d;
        x = (x ^ (x >> 15)) * 0x846ca68b;
        x ^= x >> 16;
        Vector<uint> even = new(0x00FF00FF);
        x = (x & even) + ((x >> 8) & even);
        return (x + (x >> 16)) & new Vector<uint>(0xFFFF);
    }

    /// <summary>Lays the 1/f lines of a stretch.</summary>
    private void Enter(long stretch)
    {
        _stretch = stretch;
        for (int c = 0; c <= _channels; c++)
        {
            double here = 0, next = 0;
            for (int octave = 0; octave < Octaves; octave++)
            {
                ulong key = SeededRandom.Mix(_seed + ((ulong)c * 64) + (ulong)octave + 1);
                long knot = stretch >> octave;
                double left = SeededRandom.GaussianAt(key, knot), right = SeededRandom.GaussianAt(key, knot + 1);
                double length = 1L << octave;
                double part = (stretch - (knot << octave)) / length;
                here += left + ((right - left) * part);
                next += left + ((right - left) * (part + (1 / length)));
            }

            _start[c] = (float)(_octave * here);
            _slope[c] = (float)(_octave * (next - here) / StretchSamples);
        }
    }
}
