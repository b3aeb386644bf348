using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Condition;

/// <summary>Power of the vibration band: a second-order high-pass and low-pass, squared and averaged over a row's time.</summary>
/// <remarks>Biquads of R. Bristow-Johnson's Audio EQ cookbook with Q = 1/√2 (Butterworth), in transposed direct form II.</remarks>
internal sealed class VibrationBand : IResumable
{
    private readonly int _width;
    private readonly float[] _high;
    private readonly float[] _low;
    private readonly float[] _state;
    private readonly float[] _sum;
    private int _count;

    public VibrationBand(int width, double rateHz, double lowHz, double highHz)
    {
        _width = width;
        _high = Biquad(lowHz / rateHz, highPass: true);
        _low = Biquad(Math.Min(highHz, 0.45 * rateHz) / rateHz, highPass: false);
        _state = new float[4 * width];
        _sum = new float[width];
    }

    public void Push(ReadOnlySpan<float> row)
    {
        Span<float> a1 = _state.AsSpan(0, _width), a2 = _state.AsSpan(_width, _width);
        Span<float> b1 = _state.AsSpan(2 * _width, _width), b2 = _state.AsSpan(3 * _width, _width);
        (float h0, float h1, float h2, float g1, float g2) = (_high[0], _high[1], _high[2], _high[3], _high[4]);
        (float l0, float l1, float l2, float m1, float m2) = (_low[0], _low[1], _low[2], _low[3], _low[4]);
        for (int i = 0; i < row.Length; i++)
        {
            float x = row[i];
            float y = (h0 * x) + a1[i];
            a1[i] = (h1 * x) - (g1 * y) + a2[i];
            a2[i] = (h2 * x) - (g2 * y);
            float z = (l0 * y) + b1[i];
            b1[i] = (l1 * y) - (m1 * z) + b2[i];
            b2[i] = (l2 * y) - (m2 * z);
            _sum[i] += z * z;
        }

        _count++;
    }

    /// <summary>Mean power since the last call.</summary>
    public void Take(Span<float> power)
    {
        float scale = _count > 0 ? 1f / _count : 0;
        for (int i = 0; i < _width; i++)
        {
            power[i] = _sum[i] * scale;
        }

        Array.Clear(_sum);
        _count = 0;
    }

    public void Reset()
    {
        Array.Clear(_state);
        Array.Clear(_sum);
        _count = 0;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("vibration-1");
        state.WriteArray<float>(_state);
        state.WriteArray<float>(_sum);
        state.Write(_count);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("vibration-1");
        state.ReadArray<float>(_state);
        state.ReadArray<float>(_sum);
        _count = state.ReadInt32();
    }

    /// <summary>b0, b1, b2, a1, a2, normalised; frequency in cycles per sample.</summary>
    internal static float[] Biquad(double frequency, bool highPass)
    {
        double w = 2 * Math.PI * frequency, cos = Math.Cos(w), alpha = Math.Sin(w) / Math.Sqrt(2), a0 = 1 + alpha;
        double b1 = highPass ? -(1 + cos) : 1 - cos, b0 = Math.Abs(b1) / 2;
        return [(float)(b0 / a0), (float)(b1 / a0), (float)(b0 / a0), (float)(-2 * cos / a0), (float)((1 - alpha) / a0)];
    }
}
