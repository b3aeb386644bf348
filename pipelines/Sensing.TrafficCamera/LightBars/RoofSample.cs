using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>Measures the brightest light of each colour, and the mean colour, in a grid of cells of a roof
/// region.</summary>
/// <remarks>
/// The brightest spot finds a lamp that covers a few pixels, wherever in the cell the region's jitter puts it; how the
/// mean changes as the lamp is lit
/// gives the colour of its light, whatever the colour of the paint. Cells are the whole region, its halves (a bar's
/// sides flash in turn) and a grid of
/// 4 × 2.
/// </remarks>
internal static class RoofSample
{
    public const int Cells = 11;

    /// <summary>Brightest light, blue and red, and mean luma, Cb and Cr.</summary>
    public const int Channels = 6;

    public const int Luma = 0;
    public const int Blue = 1;
    public const int Red = 2;

    /// <summary>Channels in which flashes are looked for: the first of them.</summary>
    public const int Searched = 3;

    public const int MeanLuma = 3;
    public const int MeanCb = 4;
    public const int MeanCr = 5;

    public const int Size = Cells * Channels;

    private const int Columns = 4;
    private const int Rows = 2;

    // Luma, Cb, Cr and the number of pixels.
    private const int Summed = 4;

    /// <summary>Where a cell is: −1 left, 1 right, 0 both.</summary>
    public static int Side(int cell) => cell == 0 ? 0 : cell < 3 ? (2 * cell) - 3 : (cell - 3) % Columns < Columns / 2 ? -1 : 1;

    /// <summary>The next larger cell around a cell: its half, or the whole region.</summary>
    public static int Around(int cell) => cell < 3 ? 0 : (cell - 3) % Columns < Columns / 2 ? 1 : 2;

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
        Span<int> sums = stackalloc int[Columns * Rows * Summed];
        sums.Clear();
        ReadOnlySpan<byte> luma = frame.Luma, cb = frame.Cb, cr = frame.Cr;
        int lumaStride = frame.Width, chromaStride = frame.ChromaWidth;
        for (int y = top; y < bottom; y++)
        {
            int row = (y - top) * Rows / (bottom - top);
            for (int x = left; x < right; x++)
            {
                int number = (row * Columns) + ((x - left) * Columns / (right - left));
                Span<byte> cell = values.Slice((3 + number) * Channels, Channels);
                Span<int> sum = sums.Slice(number * Summed, Summed);
                int at = (2 * y * lumaStride) + (2 * x);
                int light = (luma[at] + luma[at + 1] + luma[at + lumaStride] + luma[at + lumaStride + 1] + 2) >> 2;
                int u = cb[(y * chromaStride) + x] - 128, v = cr[(y * chromaStride) + x] - 128;
                // The square is near the light itself (gamma about 2): light adds, and a lamp on a white roof stands
                // out.
                Raise(ref cell[Luma], light * light / 255);
                // BT.601: pure blue is (Cb, Cr) = (+127, −20), red (−43, +127), amber (−96, +60), tungsten white about
                // (−18, +8).
                Raise(ref cell[Blue], u - Math.Max(v, 0));
                Raise(ref cell[Red], v - Math.Max(-u - (v / 2), 0));
                sum[0] += light;
                sum[1] += u;
                sum[2] += v;
                sum[3]++;
            }
        }

        Unite(sums, values);
        return true;
    }

    /// <summary>Writes the halves and the whole region, and the means of all.</summary>
    private static void Unite(ReadOnlySpan<int> sums, Span<byte> values)
    {
        Span<int> united = stackalloc int[3 * Summed];
        united.Clear();
        for (int number = 0; number < Columns * Rows; number++)
        {
            int half = 1 + (number % Columns * 2 / Columns);
            ReadOnlySpan<int> sum = sums.Slice(number * Summed, Summed);
            Span<byte> cell = values.Slice((3 + number) * Channels, Channels);
            for (int c = 0; c < Searched; c++)
            {
                Raise(ref values[c], cell[c]);
                Raise(ref values[(half * Channels) + c], cell[c]);
            }

            for (int i = 0; i < Summed; i++)
            {
                united[i] += sum[i];
                united[(half * Summed) + i] += sum[i];
            }

            WriteMeans(sum, cell);
        }

        for (int cell = 0; cell < 3; cell++)
        {
            WriteMeans(united.Slice(cell * Summed, Summed), values.Slice(cell * Channels, Channels));
        }
    }

    private static void WriteMeans(ReadOnlySpan<int> sum, Span<byte> cell)
    {
        float count = Math.Max(sum[3], 1);
        cell[MeanLuma] = (byte)MathF.Round(sum[0] / count);
        // Half levels: a lamp changes the mean of a cell by a few.
        cell[MeanCb] = (byte)Math.Clamp(MathF.Round(2 * sum[1] / count) + 128, 0, 255);
        cell[MeanCr] = (byte)Math.Clamp(MathF.Round(2 * sum[2] / count) + 128, 0, 255);
    }

    private static void Raise(ref byte value, int to)
    {
        if (to > value)
        {
            value = (byte)to;
        }
    }
}
