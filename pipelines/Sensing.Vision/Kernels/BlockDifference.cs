using System.Runtime.Intrinsics;

namespace Sensing.Vision.Kernels;

/// <summary>Sum of absolute differences of two 16 × 16 blocks.</summary>
public static class BlockDifference
{
    /// <summary>Side of a block, pixels.</summary>
    public const int Side = 16;

    /// <summary>Σ |a − b| over every <paramref name="step"/>-th row of the block.</summary>
    /// <param name="a">From the block's first pixel on.</param>
    /// <param name="strideA">Pixels a row of <paramref name="a"/>.</param>
    /// <param name="b">From the block's first pixel on.</param>
    /// <param name="strideB">Pixels a row of <paramref name="b"/>.</param>
    /// <param name="step">1, 2, 4, 8 or 16.</param>
    public static int Sum(ReadOnlySpan<byte> a, int strideA, ReadOnlySpan<byte> b, int strideB, int step)
    {
        Vector128<ushort> sum = Vector128<ushort>.Zero;
        for (int y = 0; y < Side; y += step)
        {
            Vector128<byte> p = Vector128.Create(a.Slice(y * strideA, Side)), q = Vector128.Create(b.Slice(y * strideB, Side));
            Vector128<byte> d = Vector128.Max(p, q) - Vector128.Min(p, q);
            sum += Vector128.WidenLower(d) + Vector128.WidenUpper(d);
        }

        return (int)Vector128.Sum(Vector128.WidenLower(sum) + Vector128.WidenUpper(sum));
    }
}
