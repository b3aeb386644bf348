using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>Rain: streaks that are elsewhere in each frame, and a thin veil.</summary>
/// <remarks>Drops fall at 5–9 m/s; within an exposure each draws a streak, brighter than what is behind it because a drop
/// refracts the sky (Garg and Nayar, International Journal of Computer Vision 75, 2007).</remarks>
public sealed class RainStreaks : IFrameDegradation
{
    private readonly int _streaks;
    private readonly int _veil;
    private readonly double _slant;
    private readonly double _strength;
    private readonly ulong _seed;

    /// <param name="strength">0…1: up to one streak for every 250 pixels.</param>
    /// <param name="width">Width of the frames.</param>
    /// <param name="height">Height of the frames.</param>
    /// <param name="seed">Of the streaks.</param>
    public RainStreaks(double strength, int width, int height, long seed)
    {
        _strength = strength;
        _streaks = (int)(strength * width * height / 250);
        _veil = (int)Math.Round(256 * (1 - (0.18 * strength)));
        _seed = SceneRandom.Mix((ulong)seed + 0x4a17);
        _slant = new SceneRandom(seed, 0x4a17).Uniform(-0.22, 0.22);
    }

    public void Apply(Frame frame, long number)
    {
        PlaneKernels.Towards(frame.Luma, _veil, 150);
        PlaneKernels.Towards(frame.Cb, _veil, 128);
        PlaneKernels.Towards(frame.Cr, _veil, 128);
        var random = new SceneRandom((long)_seed, number);
        double scale = frame.Height / 360.0;
        for (int i = 0; i < _streaks; i++)
        {
            // Most drops are far away: short and faint.
            double near = random.NextDouble();
            near *= near;
            double length = (5 + (22 * near)) * scale, slant = _slant + random.Uniform(-0.03, 0.03);
            double light = (0.1 + (0.24 * near)) * (0.6 + (0.4 * _strength));
            Streak(frame, random.NextDouble() * frame.Width, random.NextDouble() * (frame.Height + length) - length, length, slant, light);
        }
    }

    private static void Streak(Frame frame, double x, double y, double length, double slant, double light)
    {
        Span<byte> luma = frame.Luma;
        int last = Math.Min(frame.Height - 1, (int)(y + length));
        for (int row = Math.Max(0, (int)y); row <= last; row++)
        {
            double along = (row - y) / length, at = x + (slant * (row - y)), fade = light * 4 * along * (1 - along);
            int left = (int)Math.Floor(at);
            double part = at - left;
            Brighten(luma, frame.Width, row, left, fade * (1 - part));
            Brighten(luma, frame.Width, row, left + 1, fade * part);
        }
    }

    private static void Brighten(Span<byte> luma, int width, int row, int column, double share)
    {
        if (column >= 0 && column < width && share > 0)
        {
            ref byte value = ref luma[(row * width) + column];
            value = (byte)(value + ((235 - Math.Min((int)value, 235)) * share) + 0.5);
        }
    }
}
