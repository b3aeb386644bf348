namespace Sensing.TrafficCamera.Sirens;

/// <summary>Finds the tones of one spectrum: local maxima that stand out of the noise around them.</summary>
internal sealed class TonePeaks
{
    /// <summary>Most tones in one window; the most prominent are kept.</summary>
    public const int Most = 16;

    // The band of sirens (450…1,900 Hz) with a margin for Doppler shift and for the lower tone of European two-tone horns; below it is engine noise.
    private const double LowestHz = 330;
    private const double HighestHz = 2150;

    // Noise exceeds its own 40th percentile by 7 dB in about one bin of 2,000.
    private const float LeastDb = 7;
    private const float MostDb = 40;
    private const float LeastExcessDb = 8;
    private const float Ln2 = 0.6931472f;

    private const int Block = 48;
    private const int BlockStep = 16;
    private const int Blocks = ((ChirpSpectrum.Bins - Block) / BlockStep) + 1;

    private readonly float[] _sorted = new float[Block];
    private readonly float[] _blocks = new float[Blocks];
    private readonly float[] _floors = new float[ChirpSpectrum.Bins];

    /// <summary>Noise below each bin of the last spectrum, dB.</summary>
    public ReadOnlySpan<float> Floors => _floors;

    /// <summary>Writes the tones, the most prominent first; returns how many.</summary>
    public int Find(ReadOnlySpan<float> decibels, ReadOnlySpan<float> rates, Span<TonePoint> points)
    {
        for (int b = 0; b < Blocks; b++)
        {
            decibels.Slice(b * BlockStep, Block).CopyTo(_sorted);
            Array.Sort(_sorted);
            _blocks[b] = _sorted[Block * 2 / 5];
        }

        for (int bin = 0; bin < ChirpSpectrum.Bins; bin++)
        {
            _floors[bin] = FloorAt(bin);
        }

        int count = 0;
        int first = (int)Math.Ceiling(LowestHz / ChirpSpectrum.HzPerBin), last = (int)(HighestHz / ChirpSpectrum.HzPerBin);
        for (int bin = first; bin <= last; bin++)
        {
            float here = decibels[bin];
            if (here <= decibels[bin - 1] || here < decibels[bin + 1] || here < decibels[bin - 2] || here < decibels[bin + 2])
            {
                continue;
            }

            float prominence = Math.Min(here - _floors[bin], MostDb);
            if (prominence >= LeastDb)
            {
                Insert(points, ref count, PointAt(decibels, rates, bin, prominence));
            }
        }

        return count;
    }

    /// <summary>Adds tones that cross a steady one and are no maxima of their own there.</summary>
    /// <param name="excess">Power of each bin over the noise and over steady tones, dB.</param>
    /// <param name="rates">Chirp rate of each bin, Hz/s.</param>
    /// <param name="points">The tones found; those found here are added.</param>
    /// <param name="count">How many were found.</param>
    public static int FindMore(ReadOnlySpan<float> excess, ReadOnlySpan<float> rates, Span<TonePoint> points, int count)
    {
        int found = count;
        int first = (int)Math.Ceiling(LowestHz / ChirpSpectrum.HzPerBin), last = (int)(HighestHz / ChirpSpectrum.HzPerBin);
        for (int bin = first; bin <= last; bin++)
        {
            float here = excess[bin];
            if (here < LeastExcessDb || here <= excess[bin - 1] || here < excess[bin + 1] || here < excess[bin - 2] || here < excess[bin + 2])
            {
                continue;
            }

            TonePoint point = PointAt(excess, rates, bin, here);
            bool known = false;
            for (int i = 0; i < found; i++)
            {
                known |= Math.Abs(MathF.Exp(points[i].Pitch * Ln2) - MathF.Exp(point.Pitch * Ln2)) < 2.5 * ChirpSpectrum.HzPerBin;
            }

            if (!known)
            {
                Insert(points, ref count, point);
            }
        }

        return count;
    }

    private float FloorAt(int bin)
    {
        float at = Math.Clamp((bin - (Block / 2f)) / BlockStep, 0, Blocks - 1.001f);
        int block = (int)at;
        return _blocks[block] + ((at - block) * (_blocks[block + 1] - _blocks[block]));
    }

    private static TonePoint PointAt(ReadOnlySpan<float> decibels, ReadOnlySpan<float> rates, int bin, float prominence)
    {
        // Vertex of the parabola through three bins of a Hann window, in decibels.
        float left = decibels[bin - 1], here = decibels[bin], right = decibels[bin + 1];
        float curvature = left - (2 * here) + right;
        float offset = curvature < -1e-3f ? Math.Clamp(0.5f * (left - right) / curvature, -0.5f, 0.5f) : 0;
        float hertz = (bin + offset) * (float)ChirpSpectrum.HzPerBin;
        return new TonePoint(0, MathF.Log2(hertz), prominence, rates[bin] / (hertz * MathF.Log(2)));
    }

    private static void Insert(Span<TonePoint> points, ref int count, TonePoint point)
    {
        int at = count;
        while (at > 0 && points[at - 1].ProminenceDb < point.ProminenceDb)
        {
            at--;
        }

        if (at == Most)
        {
            return;
        }

        count = Math.Min(count + 1, Most);
        for (int i = count - 1; i > at; i--)
        {
            points[i] = points[i - 1];
        }

        points[at] = point;
    }
}
