using System.Buffers;
using System.Numerics;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>A mast in the wind: the picture is displaced from frame to frame. What enters at an edge repeats the edge.</summary>
public sealed class Shake : IFrameDegradation
{
    private readonly double _amplitude;
    private readonly (double Frequency, double Phase, double Weight)[] _across;
    private readonly (double Frequency, double Phase, double Weight)[] _down;

    /// <param name="amplitudePx">Largest displacement in either direction, pixels.</param>
    /// <param name="seed">Of the motion.</param>
    public Shake(double amplitudePx, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amplitudePx);
        _amplitude = amplitudePx;
        var random = new SceneRandom(seed, 0x5a4e);
        _across = Swings(ref random);
        _down = Swings(ref random);
    }

    /// <summary>Displacement of a frame, pixels; content moves right and down where positive.</summary>
    public Vector2 At(long number) => new((float)(_amplitude * Sum(_across, number)), (float)(_amplitude * Sum(_down, number)));

    public void Apply(Frame frame, long number)
    {
        Vector2 by = At(number);
        if (_amplitude == 0)
        {
            return;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Width * frame.Height);
        Move(frame.Luma, frame.Width, frame.Height, by, copy);
        Move(frame.Cb, frame.ChromaWidth, frame.ChromaHeight, by / 2, copy);
        Move(frame.Cr, frame.ChromaWidth, frame.ChromaHeight, by / 2, copy);
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>Bilinear displacement of a plane.</summary>
    internal static void Move(Span<byte> plane, int width, int height, Vector2 by, byte[] copy)
    {
        plane.CopyTo(copy);
        int left = (int)MathF.Floor(-by.X), top = (int)MathF.Floor(-by.Y);
        int partX = (int)((-by.X - left) * 16), partY = (int)((-by.Y - top) * 16);
        for (int y = 0; y < height; y++)
        {
            int above = Math.Clamp(y + top, 0, height - 1) * width, below = Math.Clamp(y + top + 1, 0, height - 1) * width;
            Span<byte> row = plane.Slice(y * width, width);
            int from = Math.Clamp(-left, 0, width), to = Math.Clamp(width - left - 1, from, width);
            for (int x = 0; x < from; x++)
            {
                row[x] = Mix(copy[above], copy[above], copy[below], copy[below], partX, partY);
            }

            ReadOnlySpan<byte> a = copy.AsSpan(above, width), b = copy.AsSpan(below, width);
            for (int x = from; x < to; x++)
            {
                int at = x + left;
                row[x] = Mix(a[at], a[at + 1], b[at], b[at + 1], partX, partY);
            }

            for (int x = to; x < width; x++)
            {
                row[x] = Mix(a[^1], a[^1], b[^1], b[^1], partX, partY);
            }
        }
    }

    private static byte Mix(int a, int b, int c, int d, int x, int y) =>
        (byte)(((((a * (16 - x)) + (b * x)) * (16 - y)) + (((c * (16 - x)) + (d * x)) * y) + 128) >> 8);

    private static (double, double, double)[] Swings(ref SceneRandom random)
    {
        // Three incommensurable swings, per frame; the weights sum to 1, so that the amplitude is never exceeded.
        var swings = new (double, double, double)[3];
        for (int i = 0; i < swings.Length; i++)
        {
            swings[i] = (random.Uniform(0.25, 1.6), random.Uniform(0, 2 * Math.PI), new[] { 0.5, 0.3, 0.2 }[i]);
        }

        return swings;
    }

    private static double Sum((double Frequency, double Phase, double Weight)[] swings, long number)
    {
        double sum = 0;
        foreach ((double frequency, double phase, double weight) in swings)
        {
            sum += weight * Math.Sin((frequency * number) + phase);
        }

        return sum;
    }
}
