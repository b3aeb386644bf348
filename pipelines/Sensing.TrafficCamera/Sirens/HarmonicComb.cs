namespace Sensing.TrafficCamera.Sirens;

/// <summary>How much a spectrum looks like the teeth of a comb less than 330 Hz apart: an engine or a voice, whose harmonics cross the band of sirens.</summary>
internal sealed class HarmonicComb
{
    private const int First = 13;
    private const int Last = 140;
    private const int ShortestLag = 4;
    private const int LongestLag = 21;
    private const float MostDb = 20;

    private readonly float[] _excess = new float[Last - First];
    private readonly float[] _correlation = new float[LongestLag + 1];

    /// <summary>The largest rise of the spectrum's autocorrelation from a trough to a peak at a lag of 62 to 330 Hz; 0…1.</summary>
    /// <param name="excess">Power of each bin over the noise and over steady tones, dB.</param>
    public float Strength(ReadOnlySpan<float> excess)
    {
        float mean = 0;
        for (int i = 0; i < _excess.Length; i++)
        {
            _excess[i] = Math.Min(excess[First + i], MostDb);
            mean += _excess[i];
        }

        mean /= _excess.Length;
        for (int i = 0; i < _excess.Length; i++)
        {
            _excess[i] -= mean;
        }

        float trough = 1, strength = 0;
        float power = System.Numerics.Tensors.TensorPrimitives.SumOfSquares((ReadOnlySpan<float>)_excess) + 1;
        for (int lag = 1; lag <= LongestLag; lag++)
        {
            // Unbiased: a longer lag has fewer pairs.
            float pairs = System.Numerics.Tensors.TensorPrimitives.Dot(_excess.AsSpan(lag), _excess.AsSpan(0, _excess.Length - lag));
            _correlation[lag] = pairs / power * _excess.Length / (_excess.Length - lag);
            trough = Math.Min(trough, _correlation[lag]);
            if (lag >= ShortestLag)
            {
                strength = Math.Max(strength, _correlation[lag] - Math.Max(trough, -0.2f));
            }
        }

        return Math.Clamp(strength, 0, 1);
    }
}
