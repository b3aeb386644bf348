using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Background;

/// <summary>How light the cast shadows of a scene are, learned from the scene itself.</summary>
/// <remarks>Under one sun every cast shadow on a road keeps the same share of its light (skylight over skylight and sunlight),
/// while the paint and glass of vehicles keep any share. So a narrow peak in the shares of what is evenly darker than the road
/// and has its colour is that of the shadows, however light they are.</remarks>
internal sealed class ShadowTone : IResumable
{
    private const int Bins = 128;

    /// <summary>Width of the peak: noise and texture of the road, and skylight that vehicles hide.</summary>
    private const int Peak = 12;

    /// <summary>Either side of the peak.</summary>
    private const int Margin = 3;

    /// <summary>Share of the samples that the peak must hold: pale vehicles in haze reach 0.4.</summary>
    private const double PeakShare = 0.5;

    /// <summary>Fewest samples, of a quarter of the pixels: the shadows of a few vehicles.</summary>
    private const double LeastSamples = 2000;

    /// <summary>Clouds cover the sun within a minute.</summary>
    private const double MemorySeconds = 60;

    /// <summary>Differences along and across a shadow, of 255: above it there is an edge.</summary>
    private const int Even = 6;

    private readonly double[] _counts = new double[Bins];

    /// <summary>The darkest and the lightest cast shadow, shares of the road's luma; null where no peak is seen.</summary>
    public (double Darkest, double Lightest)? Range { get; private set; }

    /// <summary>Takes what differs from the background in a frame.</summary>
    /// <param name="pixels">The background, compared with the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="seconds">Since the last frame.</param>
    public void Observe(BackgroundPixels pixels, AlignedFrame frame, double seconds)
    {
        double kept = Math.Exp(-seconds / MemorySeconds);
        for (int bin = 0; bin < Bins; bin++)
        {
            _counts[bin] *= kept;
        }

        ReadOnlySpan<byte> luma = frame.Luma;
        int width = frame.Width;
        for (int y = 2; y < frame.Height - 2; y += 2)
        {
            for (int i = (y * width) + 2 + (y / 2 % 2); i < ((y + 1) * width) - 2; i += 2)
            {
                if (pixels.Evidence[i] >= BackgroundPixels.Differs && pixels.IsDarker(frame, i)
                    && Math.Abs(luma[i + 2] - luma[i - 2]) <= Even
                    && Math.Abs(luma[i + (2 * width)] - luma[i - (2 * width)]) <= Even)
                {
                    _counts[Math.Min(Bins - 1, luma[i] * Bins / Math.Max(1, (int)pixels.Luma[i]))]++;
                }
            }
        }

        Find();
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("shadow-tone-1");
        state.WriteArray<double>(_counts);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("shadow-tone-1");
        state.ReadArray<double>(_counts);
        Find();
    }

    private void Find()
    {
        double total = 0, window = 0, best = 0;
        int at = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            total += _counts[bin];
            window += _counts[bin] - (bin >= Peak ? _counts[bin - Peak] : 0);
            if (window > best)
            {
                (best, at) = (window, bin);
            }
        }

        Range = total >= LeastSamples && best >= PeakShare * total
            ? ((at + 1 - Peak - Margin) / (double)Bins, (at + 1 + Margin) / (double)Bins)
            : null;
    }
}
