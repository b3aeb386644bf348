using System.Numerics;

namespace Sensing.Vision.Kernels;

/// <summary>Dilation and erosion of byte planes: the largest and the smallest value within a rectangle.</summary>
/// <remarks>Separable. What lies beyond the plane's edge is left out, so that an object which the edge cuts stays whole.</remarks>
public static class Morphology
{
    /// <summary>The largest value within <paramref name="radiusX"/> and <paramref name="radiusY"/> pixels.</summary>
    /// <param name="plane">Input and output, row by row.</param>
    /// <param name="scratch">As large as the plane.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="radiusX">0 or more; smaller than the width.</param>
    /// <param name="radiusY">0 or more.</param>
    public static void Dilate(Span<byte> plane, Span<byte> scratch, int width, int radiusX, int radiusY)
        => Run<Largest>(plane, scratch, width, radiusX, radiusY);

    /// <summary>The smallest value within <paramref name="radiusX"/> and <paramref name="radiusY"/> pixels.</summary>
    public static void Erode(Span<byte> plane, Span<byte> scratch, int width, int radiusX, int radiusY)
        => Run<Smallest>(plane, scratch, width, radiusX, radiusY);

    private static void Run<TPick>(Span<byte> plane, Span<byte> scratch, int width, int radiusX, int radiusY)
        where TPick : struct, IPick
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(radiusX, width);
        int height = plane.Length / width;
        Span<byte> from = plane, to = scratch[..plane.Length];
        bool moved = false;

        // A window of radius 2 r from three of radius r, and so on: as many passes as the radius has binary digits.
        for (int done = 0; done < radiusX;)
        {
            int reach = Reach(done, radiusX);
            for (int y = 0; y < height; y++)
            {
                Across<TPick>(from.Slice(y * width, width), to.Slice(y * width, width), reach);
            }

            Span<byte> filled = to;
            to = from;
            from = filled;
            moved = !moved;
            done += reach;
        }

        for (int done = 0; done < radiusY;)
        {
            int reach = Reach(done, radiusY);
            for (int y = 0; y < height; y++)
            {
                Span<byte> above = from.Slice(Math.Max(0, y - reach) * width, width), at = from.Slice(y * width, width);
                Down<TPick>(above, at, from.Slice(Math.Min(height - 1, y + reach) * width, width), to.Slice(y * width, width));
            }

            Span<byte> filled = to;
            to = from;
            from = filled;
            moved = !moved;
            done += reach;
        }

        if (moved)
        {
            from.CopyTo(plane);
        }
    }

    /// <summary>Three windows of radius <paramref name="done"/> at a distance of up to 2 × <paramref name="done"/> + 1 leave no gap.</summary>
    private static int Reach(int done, int radius) => Math.Min((2 * done) + 1, radius - done);

    private static void Across<TPick>(ReadOnlySpan<byte> from, Span<byte> to, int reach)
        where TPick : struct, IPick
    {
        int width = from.Length, x = 0;
        for (; x < Math.Min(reach, width); x++)
        {
            to[x] = TPick.Of(TPick.Of(from[0], from[x]), from[Math.Min(x + reach, width - 1)]);
        }

        for (; x + reach + Vector<byte>.Count <= width; x += Vector<byte>.Count)
        {
            TPick.Of(TPick.Of(new Vector<byte>(from[(x - reach)..]), new Vector<byte>(from[x..])), new Vector<byte>(from[(x + reach)..])).CopyTo(to[x..]);
        }

        for (; x < width; x++)
        {
            to[x] = TPick.Of(TPick.Of(from[x - reach], from[x]), from[Math.Min(x + reach, width - 1)]);
        }
    }

    private static void Down<TPick>(ReadOnlySpan<byte> above, ReadOnlySpan<byte> at, ReadOnlySpan<byte> below, Span<byte> to)
        where TPick : struct, IPick
    {
        int x = 0;
        for (; x <= at.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            TPick.Of(TPick.Of(new Vector<byte>(above[x..]), new Vector<byte>(at[x..])), new Vector<byte>(below[x..])).CopyTo(to[x..]);
        }

        for (; x < at.Length; x++)
        {
            to[x] = TPick.Of(TPick.Of(above[x], at[x]), below[x]);
        }
    }

    private interface IPick
    {
        static abstract byte Of(byte a, byte b);

        static abstract Vector<byte> Of(Vector<byte> a, Vector<byte> b);
    }

    private readonly struct Largest : IPick
    {
        public static byte Of(byte a, byte b) => Math.Max(a, b);

        public static Vector<byte> Of(Vector<byte> a, Vector<byte> b) => Vector.Max(a, b);
    }

    private readonly struct Smallest : IPick
    {
        public static byte Of(byte a, byte b) => Math.Min(a, b);

        public static Vector<byte> Of(Vector<byte> a, Vector<byte> b) => Vector.Min(a, b);
    }
}
