using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>Measures the brightest light of each colour in a grid of cells of a roof region.</summary>
/// <remarks>
/// The brightest spot rather than the mean: a lamp covers a few pixels, and where in the cell it is changes as the region jitters. Cells are the whole
/// region, its halves (a bar's sides flash in turn) and a grid of 4 × 2.
/// </remarks>
internal static class RoofSample
{
    public const int Cells = 11;

    /// <summary>Luma, blue, red, amber.</summary>
    public const int Channels = 4;

    public const int Luma = 0;
    public const int Blue = 1;
    public const int Red = 2;
    public const int Amber = 3;

    public const int Size = Cells * Channels;

    private const int Columns = 4;
    private const int Rows = 2;

    /// <summary>Writes the values; false where the region has no pixels within the frame.</summary>
    public static bool Take(Frame frame, RoofRegion region, Span<byte> values)
    {
        int left = Math.Max(region.Left, 0) / 2, right = Math.Min(region.Left + region.Width, frame.Width - 1) / 2;
        int top = Math.Max(region.Top, 0) / 2, bottom = Math.Min(region.Top + region.Height, frame.Height - 1) / 2;
        if (right - left < 2 || bottom - top < 1)
        {
            return false;
        }

        values[..Size].Clear();
        ReadOnlySpan<byte> luma = frame.Luma, cb = frame.Cb, cr = frame.Cr;
        int lumaStride = frame.Width, chromaStride = frame.ChromaWidth;
        for (int y = top; y < bottom; y++)
        {
            int row = (y - top) * Rows / (bottom - top);
            for (int x = left; x < right; x++)
            {
                int column = (x - left) * Columns / (right - left);
                Span<byte> cell = values.Slice((3 + (row * Columns) + column) * Channels, Channels);
                int at = (2 * y * lumaStride) + (2 * x);
                int light = (luma[at] + luma[at + 1] + luma[at + lumaStride] + luma[at + lumaStride + 1] + 2) >> 2;
                int u = cb[(y * chromaStride) + x] - 128, v = cr[(y * chromaStride) + x] - 128;
                Raise(ref cell[Luma], light);
                // BT.601: pure blue is (Cb, Cr) = (+127, −20), red (−43, +127), amber (−96, +60), tungsten white about (−18, +8).
                Raise(ref cell[Blue], u - Math.Max(v, 0));
                Raise(ref cell[Red], v - Math.Max(-u - (v / 2), 0));
                Raise(ref cell[Amber], -u - Math.Max(v / 2, 0));
            }
        }

        for (int c = 0; c < Channels; c++)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    byte value = values[((3 + (row * Columns) + column) * Channels) + c];
                    Raise(ref values[c], value);
                    Raise(ref values[((1 + (column * 2 / Columns)) * Channels) + c], value);
                }
            }
        }

        return true;
    }

    private static void Raise(ref byte value, int to)
    {
        if (to > value)
        {
            value = (byte)to;
        }
    }
}
