using Sensing.Vision.Frames;
using Sensing.Vision.Kernels;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Averages neighbouring pixels, as many as the noise calls for: vehicles are tens of pixels wide, noise is one.</summary>
/// <remarks>White noise falls by the side of the square. Edges blur by its radius, which matters less to a background model than noise does.</remarks>
internal sealed class SpatialDenoiser(int width, int height)
{
    /// <summary>Noise that is left alone, levels.</summary>
    private const double Bearable = 2.5;
    private const int Largest = 3;

    private readonly byte[] _plane = new byte[width * height];
    private readonly BoxMean[] _luma = [.. Enumerable.Range(1, Largest).Select(radius => new BoxMean(width, radius))];
    private readonly BoxMean[] _chroma = [.. Enumerable.Range(1, Largest).Select(radius => new BoxMean((width + 1) / 2, radius))];

    /// <summary>Smooths a frame in place.</summary>
    /// <returns>What is left of the noise.</returns>
    public double Apply(Frame frame, double noise)
    {
        int radius = Math.Clamp((int)Math.Ceiling(((noise / Bearable) - 1) / 2), 1, Largest);
        Smooth(_luma[radius - 1], frame.Luma);

        // A chroma pixel is two luma pixels wide.
        BoxMean chroma = _chroma[Math.Max(1, (radius + 1) / 2) - 1];
        Smooth(chroma, frame.Cb);
        Smooth(chroma, frame.Cr);
        return noise / ((2 * radius) + 1);
    }

    private void Smooth(BoxMean mean, Span<byte> plane)
    {
        Span<byte> copy = _plane.AsSpan(0, plane.Length);
        plane.CopyTo(copy);
        mean.Apply(copy, plane);
    }
}
