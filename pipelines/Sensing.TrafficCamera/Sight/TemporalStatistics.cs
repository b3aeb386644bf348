using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Noise and drops: every eighth row of three successive frames.</summary>
internal sealed class TemporalStatistics(int width, int height) : IResumable
{
    private const int Step = 8;

    // A drop is this much brighter than before and after, beyond what noise does.
    private const int Sparkle = 7, Aside = 4;

    private readonly int _rows = Math.Max(0, (height - 2) / Step);
    private readonly byte[] _before = new byte[width * Math.Max(0, (height - 2) / Step)];
    private readonly byte[] _middle = new byte[width * Math.Max(0, (height - 2) / Step)];
    private readonly int[] _laplacians = new int[1024];
    private readonly int[] _differences = new int[256];
    private int _seen;

    /// <summary>Standard deviation of the noise, levels.</summary>
    public double Noise { get; private set; }

    /// <summary>Share of pixels that were brighter than before and after.</summary>
    public double Drops { get; private set; }

    public void Measure(Frame frame)
    {
        Array.Clear(_laplacians);
        Array.Clear(_differences);
        int within = 0, compared = 0, bright = 0;
        ReadOnlySpan<byte> luma = frame.Luma;
        int margin = Sparkle + (int)(4 * Noise), still = 3 + (int)(2 * Noise);
        for (int i = 0; i < _rows; i++)
        {
            int y = (i * Step) + 1;
            ReadOnlySpan<byte> above = luma.Slice((y - 1) * width, width), row = luma.Slice(y * width, width),
                below = luma.Slice((y + 1) * width, width);
            Span<byte> before = _before.AsSpan(i * width, width), middle = _middle.AsSpan(i * width, width);
            for (int x = 1; x < width - 1; x++)
            {
                int now = row[x];

                // Where the sensor is at a limit there is no noise to be seen.
                if (now is > 3 and < 252)
                {
                    int laplacian = above[x - 1] + above[x + 1] + below[x - 1] + below[x + 1] + (4 * now)
                        - (2 * (above[x] + below[x] + row[x - 1] + row[x + 1]));
                    _laplacians[Math.Min(1023, Math.Abs(laplacian))]++;
                    _differences[Math.Abs(now - middle[x])]++;
                    within++;
                }

            }

            // A drop's streak is narrow and gone in the next frame, and what it hid is as before. Edges of vehicles and
            // whatever a shaking camera moves leave something else behind.
            for (int x = Aside; x < width - Aside; x++)
            {
                int rise = middle[x] - Math.Max(before[x], row[x]);
                compared++;
                if (rise > margin && Math.Abs(before[x] - row[x]) <= still
                    && middle[x - Aside] - before[x - Aside] < margin / 2 && middle[x + Aside] - before[x + Aside] < margin / 2)
                {
                    bright++;
                }
            }

            middle.CopyTo(before);
            row.CopyTo(middle);
        }

        // The Laplacian's deviation is 6 σ, a difference's √2 σ; 0.6745 σ is a normal value's median.
        double spatial = Median(_laplacians, within) / (6 * 0.6745);
        double temporal = _seen > 0 ? Median(_differences, within) / (Math.Sqrt(2) * 0.6745) : spatial;
        Noise = within < 64 ? 0 : Math.Min(spatial, temporal);
        Drops = _seen > 1 && compared > 0 ? bright / (double)compared : 0;
        _seen = Math.Min(2, _seen + 1);
    }

    public void Reset() => _seen = 0;

    public void Save(BinaryWriter state)
    {
        state.Mark("sight-temporal-1");
        state.Write((byte)_seen);
        state.Write(Noise);
        state.WriteArray<byte>(_before);
        state.WriteArray<byte>(_middle);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("sight-temporal-1");
        _seen = state.ReadByte();
        Noise = state.ReadDouble();
        state.ReadArray<byte>(_before);
        state.ReadArray<byte>(_middle);
    }

    /// <summary>Median, interpolated within its level: a level is ±½ wide, and level 0 but ½.</summary>
    private static double Median(int[] counts, int total)
    {
        double half = total / 2.0, sum = 0;
        for (int level = 0; level < counts.Length; level++)
        {
            if (sum + counts[level] > half)
            {
                double part = (half - sum) / counts[level];
                return level == 0 ? part * 0.5 : level - 0.5 + part;
            }

            sum += counts[level];
        }

        return 0;
    }
}
