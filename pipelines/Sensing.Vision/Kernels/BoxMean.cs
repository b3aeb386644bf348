using System.Numerics;

namespace Sensing.Vision.Kernels;

/// <summary>The mean over a square of pixels round each pixel of a byte plane.</summary>
/// <remarks>Running sums down the columns, then along the row. Beyond the plane's edge its outermost pixels are repeated.</remarks>
public sealed class BoxMean(int width, int radius)
{
    private readonly ushort[] _columns = new ushort[width];

    /// <summary>Replaces <paramref name="to"/> by the means, rounded down.</summary>
    /// <param name="from">Whole rows of the width.</param>
    /// <param name="to">As large; not the same memory.</param>
    public void Apply(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int height = from.Length / width, side = (2 * radius) + 1;
        uint scale = (uint)((1 << 24) / (side * side)) + 1;
        Array.Clear(_columns);
        for (int v = -radius; v <= radius; v++)
        {
            Add(_columns, from.Slice(Math.Clamp(v, 0, height - 1) * width, width));
        }

        for (int y = 0; y < height; y++)
        {
            Span<byte> row = to.Slice(y * width, width);
            uint sum = 0;
            for (int u = -radius; u <= radius; u++)
            {
                sum += _columns[Math.Clamp(u, 0, width - 1)];
            }

            for (int x = 0; x < width; x++)
            {
                row[x] = (byte)((sum * (ulong)scale) >> 24);
                sum += (uint)(_columns[Math.Min(x + radius + 1, width - 1)] - _columns[Math.Max(x - radius, 0)]);
            }

            Add(_columns, from.Slice(Math.Min(y + radius + 1, height - 1) * width, width));
            Subtract(_columns, from.Slice(Math.Max(y - radius, 0) * width, width));
        }
    }

    private static void Add(Span<ushort> sums, ReadOnlySpan<byte> row)
    {
        int x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> low, out Vector<ushort> high);
            (new Vector<ushort>(sums[x..]) + low).CopyTo(sums[x..]);
            int h = x + Vector<ushort>.Count;
            (new Vector<ushort>(sums[h..]) + high).CopyTo(sums[h..]);
        }

        for (; x < row.Length; x++)
        {
            sums[x] += row[x];
        }
    }

    private static void Subtract(Span<ushort> sums, ReadOnlySpan<byte> row)
    {
        int x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> low, out Vector<ushort> high);
            (new Vector<ushort>(sums[x..]) - low).CopyTo(sums[x..]);
            int h = x + Vector<ushort>.Count;
            (new Vector<ushort>(sums[h..]) - high).CopyTo(sums[h..]);
        }

        for (; x < row.Length; x++)
        {
            sums[x] -= row[x];
        }
    }
}
