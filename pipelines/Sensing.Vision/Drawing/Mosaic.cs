using SkiaSharp;

namespace Sensing.Vision.Drawing;

/// <summary>Takes detail out of pictures for good.</summary>
internal static class Mosaic
{
    /// <summary>Squares of their mean colour.</summary>
    public static void Squares(Span<byte> rgba, int width, int height, int size)
    {
        for (int top = 0; top < height; top += size)
        {
            for (int left = 0; left < width; left += size)
            {
                int right = Math.Min(left + size, width), bottom = Math.Min(top + size, height);
                (byte r, byte g, byte b) = Mean(rgba, width, left, top, right, bottom);
                for (int y = top; y < bottom; y++)
                {
                    for (int x = left; x < right; x++)
                    {
                        int at = ((y * width) + x) * 4;
                        (rgba[at], rgba[at + 1], rgba[at + 2]) = (r, g, b);
                    }
                }
            }
        }
    }

    /// <summary>A region's means in a few cells, and between their centres a smooth transition.</summary>
    public static void Smooth(Span<byte> rgba, int width, SKRectI region, int cells)
    {
        double side = (double)Math.Max(region.Width, region.Height) / cells;
        int columns = Math.Max(1, (int)Math.Round(region.Width / side)), rows = Math.Max(1, (int)Math.Round(region.Height / side));
        var means = new (byte R, byte G, byte B)[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int left = region.Left + (region.Width * column / columns), top = region.Top + (region.Height * row / rows);
                int right = Math.Max(left + 1, region.Left + (region.Width * (column + 1) / columns));
                int bottom = Math.Max(top + 1, region.Top + (region.Height * (row + 1) / rows));
                means[row, column] = Mean(rgba, width, left, top, Math.Min(right, region.Right), Math.Min(bottom, region.Bottom));
            }
        }

        for (int y = region.Top; y < region.Bottom; y++)
        {
            (int above, int below, double down) = Between((y + 0.5 - region.Top) * rows / region.Height, rows);
            for (int x = region.Left; x < region.Right; x++)
            {
                (int before, int after, double across) = Between((x + 0.5 - region.Left) * columns / region.Width, columns);
                int at = ((y * width) + x) * 4;
                (byte R, byte G, byte B) a = means[above, before], b = means[above, after], c = means[below, before], d = means[below, after];
                rgba[at] = Mix(a.R, b.R, c.R, d.R, across, down);
                rgba[at + 1] = Mix(a.G, b.G, c.G, d.G, across, down);
                rgba[at + 2] = Mix(a.B, b.B, c.B, d.B, across, down);
            }
        }
    }

    private static (int Before, int After, double Share) Between(double position, int count)
    {
        double at = Math.Clamp(position - 0.5, 0, count - 1);
        int before = (int)at;
        return (before, Math.Min(before + 1, count - 1), at - before);
    }

    private static byte Mix(byte a, byte b, byte c, byte d, double across, double down) =>
        (byte)Math.Round(((1 - down) * ((a * (1 - across)) + (b * across))) + (down * ((c * (1 - across)) + (d * across))));

    private static (byte R, byte G, byte B) Mean(ReadOnlySpan<byte> rgba, int width, int left, int top, int right, int bottom)
    {
        long r = 0, g = 0, b = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                int at = ((y * width) + x) * 4;
                r += rgba[at];
                g += rgba[at + 1];
                b += rgba[at + 2];
            }
        }

        long count = (long)(right - left) * (bottom - top);
        return ((byte)((r + (count / 2)) / count), (byte)((g + (count / 2)) / count), (byte)((b + (count / 2)) / count));
    }
}
