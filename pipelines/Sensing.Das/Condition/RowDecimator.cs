using System.Numerics.Tensors;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Condition;

/// <summary>Low-pass and decimation of rows of channels in one pass, with exactly linear phase.</summary>
/// <remarks>
/// Output row r stands at input row r × factor: the filter's delay is taken out by waiting for it. Each input row is added,
/// weighted, to the few output rows under way (a transposed polyphase FIR), so that the work is plain vector arithmetic
/// along the channels. Rows before the first count as zero.
/// </remarks>
internal sealed class RowDecimator : IResumable
{
    private readonly int _width;
    private readonly float[] _taps;
    private readonly float[][] _underWay;
    private long _row;
    private long _handedOut = -1;

    /// <param name="width">Channels.</param>
    /// <param name="factor">Input rows to one output row, 1 or more.</param>
    /// <param name="taps">An odd number of coefficients.</param>
    public RowDecimator(int width, int factor, float[] taps)
    {
        _width = width;
        Factor = factor;
        _taps = taps;
        Half = taps.Length / 2;
        _underWay = new float[(2 * Half / factor) + 2][];
        for (int i = 0; i < _underWay.Length; i++)
        {
            _underWay[i] = new float[width];
        }
    }

    public int Factor { get; }

    /// <summary>How many input rows an output row waits for.</summary>
    public int Half { get; }

    /// <summary>Takes one row. True: an output row is complete in <paramref name="output"/>, valid until the next call.</summary>
    public bool Push(ReadOnlySpan<float> row, out ReadOnlySpan<float> output)
    {
        Release();
        long n = _row++;
        long first = Math.Max(0, CeilingOf(n - Half, Factor));
        long last = (n + Half) / Factor;
        for (long r = first; r <= last; r++)
        {
            float tap = _taps[(int)(n - (r * Factor)) + Half];
            float[] sum = _underWay[r % _underWay.Length];
            TensorPrimitives.MultiplyAdd(row, tap, sum, sum);
        }

        long done = n - Half;
        if (done >= 0 && done % Factor == 0)
        {
            output = _underWay[done / Factor % _underWay.Length].AsSpan(0, _width);
            _handedOut = done / Factor;
            return true;
        }

        output = default;
        return false;
    }

    /// <summary>Frees the row that the last <see cref="Push"/> handed out.</summary>
    private void Release()
    {
        if (_handedOut >= 0)
        {
            Array.Clear(_underWay[_handedOut % _underWay.Length]);
            _handedOut = -1;
        }
    }

    public void Reset()
    {
        _row = 0;
        _handedOut = -1;
        foreach (float[] sum in _underWay)
        {
            Array.Clear(sum);
        }
    }

    public void Save(BinaryWriter state)
    {
        Release();
        state.Mark("decimator-1");
        state.Write(_row);
        foreach (float[] sum in _underWay)
        {
            state.WriteArray<float>(sum);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("decimator-1");
        _row = state.ReadInt64();
        _handedOut = -1;
        foreach (float[] sum in _underWay)
        {
            state.ReadArray<float>(sum);
        }
    }

    private static long CeilingOf(long a, int b) => a >= 0 ? (a + b - 1) / b : -(-a / b);
}
