using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Levels of one frame: histogram, contrast of blocks, dark channel.</summary>
internal sealed class LumaStatistics(int width, int height)
{
    private const int Block = 16;

    private readonly int[] _levels = new int[256];
    private readonly int[] _ranges = new int[256];
    private readonly int[] _darkest = new int[256];
    private readonly byte[] _lowest = new byte[width / Block];
    private readonly byte[] _highest = new byte[width / Block];
    private readonly byte[] _dark = new byte[width / Block];

    public double Mean { get; private set; }

    public double Range { get; private set; }

    public double Contrast { get; private set; }

    public double DarkChannel { get; private set; }

    public double Saturated { get; private set; }

    public void Measure(Frame frame)
    {
        Array.Clear(_levels);
        Array.Clear(_ranges);
        Array.Clear(_darkest);
        int columns = width / Block, blocks = 0;
        for (int row = 0; row + Block <= height; row += Block)
        {
            _lowest.AsSpan().Fill(255);
            _highest.AsSpan().Clear();
            _dark.AsSpan().Fill(255);
            for (int y = row; y < row + Block; y += 2)
            {
                Rows(frame, y, columns);
            }

            for (int b = 0; b < columns; b++)
            {
                _ranges[_highest[b] - _lowest[b]]++;
                _darkest[_dark[b]]++;
                blocks++;
            }
        }

        int pixels = 0;
        long sum = 0;
        for (int level = 0; level < 256; level++)
        {
            pixels += _levels[level];
            sum += (long)level * _levels[level];
        }

        Mean = pixels == 0 ? 0 : sum / (double)pixels;
        Range = Quantile(_levels, pixels, 0.98) - Quantile(_levels, pixels, 0.02);
        Contrast = Quantile(_ranges, blocks, 0.75);
        DarkChannel = Quantile(_darkest, blocks, 0.25);
        int full = 0;
        for (int level = 250; level < 256; level++)
        {
            full += _levels[level];
        }

        Saturated = pixels == 0 ? 0 : full / (double)pixels;
    }

    /// <summary>Every other pixel of a row: one luma to one chroma value.</summary>
    private void Rows(Frame frame, int y, int columns)
    {
        ReadOnlySpan<byte> luma = frame.Luma.Slice(y * width, width);
        ReadOnlySpan<byte> cb = frame.Cb.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth);
        ReadOnlySpan<byte> cr = frame.Cr.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth);
        for (int b = 0; b < columns; b++)
        {
            int low = _lowest[b], high = _highest[b], dark = _dark[b];
            for (int x = b * Block; x < (b + 1) * Block; x += 2)
            {
                int level = luma[x], blue = cb[x / 2] - 128, red = cr[x / 2] - 128;
                _levels[level]++;
                low = Math.Min(low, level);
                high = Math.Max(high, level);

                // The smallest of R, G and B (BT.601, full range), in 1/256.
                int difference = Math.Min(359 * red, Math.Min(454 * blue, (-88 * blue) - (183 * red)));
                dark = Math.Min(dark, level + (difference >> 8));
            }

            _lowest[b] = (byte)low;
            _highest[b] = (byte)high;
            _dark[b] = (byte)Math.Clamp(dark, 0, 255);
        }
    }

    internal static double Quantile(int[] counts, int total, double share)
    {
        double wanted = share * total;
        int sum = 0;
        for (int level = 0; level < counts.Length; level++)
        {
            if ((sum += counts[level]) > wanted)
            {
                return level;
            }
        }

        return counts.Length - 1;
    }
}
