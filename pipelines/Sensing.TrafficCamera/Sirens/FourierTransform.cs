namespace Sensing.TrafficCamera.Sirens;

/// <summary>Discrete Fourier transform in place, radix 2, of split complex numbers: allocates nothing after construction.</summary>
internal sealed class FourierTransform
{
    private readonly int[] _reversed;
    private readonly float[] _cos;
    private readonly float[] _sin;

    /// <param name="length">A power of two.</param>
    public FourierTransform(int length)
    {
        if (!System.Numerics.BitOperations.IsPow2(length) || length < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "The length must be a power of two of at least 2.");
        }

        int bits = System.Numerics.BitOperations.Log2((uint)length);
        _reversed = new int[length];
        for (int i = 0; i < length; i++)
        {
            _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
        }

        _cos = new float[length / 2];
        _sin = new float[length / 2];
        for (int i = 0; i < length / 2; i++)
        {
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * i / length);
            _cos[i] = (float)cos;
            _sin[i] = (float)sin;
        }
    }

    public int Length => _reversed.Length;

    public void Forward(Span<float> real, Span<float> imaginary)
    {
        int n = _reversed.Length;
        for (int i = 0; i < n; i++)
        {
            int j = _reversed[i];
            if (j > i)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (int half = 1; half < n; half *= 2)
        {
            int stride = n / (2 * half);
            for (int start = 0; start < n; start += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    float cos = _cos[k * stride], sin = _sin[k * stride];
                    int low = start + k, high = low + half;
                    float re = (real[high] * cos) - (imaginary[high] * sin);
                    float im = (real[high] * sin) + (imaginary[high] * cos);
                    real[high] = real[low] - re;
                    imaginary[high] = imaginary[low] - im;
                    real[low] += re;
                    imaginary[low] += im;
                }
            }
        }
    }
}
