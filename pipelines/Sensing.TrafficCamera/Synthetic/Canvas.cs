using System.Numerics;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Draws convex polygons and glows on the planes of a frame, antialiased, and keeps beside it which vehicle each
/// pixel shows.</summary>
internal sealed class Canvas(int width, int height)
{
    /// <summary>Mask values of CDnet 2012.</summary>
    public const byte Still = 0, Shadow = 50, Moving = 255;

    public const int MostObjects = TrafficSimulation.MostVehicles + 64;

    private const int LumaLines = 4, ChromaLines = 2;

    private readonly float[] _coverage = new float[width + 2];

    public int Width => width;

    public int Height => height;

    /// <summary>0 still, 50 shadow, 255 a vehicle or a pedestrian.</summary>
    public byte[] Mask { get; } = new byte[width * height];

    /// <summary>Index of the object that a pixel shows, 0: none.</summary>
    public short[] Objects { get; } = new short[width * height];

    /// <summary>Pixels that each object was drawn on, hidden by others since or not.</summary>
    public int[] Painted { get; } = new int[MostObjects];

    /// <summary>The frame that is drawn on.</summary>
    public Frame Target { get; private set; } = null!;

    public void Begin(Frame target)
    {
        Target = target;
        Array.Clear(Mask);
        Array.Clear(Objects);
        Array.Clear(Painted);
    }

    /// <summary>Fills a convex polygon; its colour runs from <paramref name="top"/> to <paramref name="bottom"/>.</summary>
    /// <param name="points">Corners, pixels.</param>
    /// <param name="top">Colour at the upper end.</param>
    /// <param name="bottom">Colour at the lower end.</param>
    /// <param name="alpha">Opacity, 0…1.</param>
    /// <param name="owner">Object that the mask is marked for; 0 leaves mask and objects as they are.</param>
    public void Fill(ReadOnlySpan<Vector2> points, Ycc top, Ycc bottom, float alpha, short owner)
    {
        if (!Bounds(points, out float left, out float upper, out float right, out float lower))
        {
            return;
        }

        float span = 1 / Math.Max(1e-3f, lower - upper);
        Span<byte> luma = Target.Luma;
        int last = Math.Min(height - 1, (int)lower);
        for (int y = Math.Max(0, (int)upper); y <= last; y++)
        {
            (int from, int to) = Cover(points, y, 1, LumaLines, width);
            float level = top.Y + ((bottom.Y - top.Y) * Math.Clamp((y + 0.5f - upper) * span, 0, 1));
            Span<byte> row = luma.Slice(y * width, width);
            for (int x = from; x < to; x++)
            {
                float cover = _coverage[x];
                row[x] = Blend(row[x], level, cover * alpha);
                if (owner != 0 && cover >= 0.5f)
                {
                    Mask[(y * width) + x] = Moving;
                    ref short shown = ref Objects[(y * width) + x];
                    Painted[owner] += shown == owner ? 0 : 1;
                    shown = owner;
                }
            }
        }

        FillChroma(points, top, bottom, alpha, upper, lower, span);
    }

    private void FillChroma(
        ReadOnlySpan<Vector2> points, Ycc top, Ycc bottom, float alpha, float upper, float lower, float span)
    {
        int chromaWidth = Target.ChromaWidth;
        Span<byte> cb = Target.Cb, cr = Target.Cr;
        int last = Math.Min(Target.ChromaHeight - 1, (int)(lower / 2));
        for (int y = Math.Max(0, (int)(upper / 2)); y <= last; y++)
        {
            (int from, int to) = Cover(points, y, 0.5f, ChromaLines, chromaWidth);
            float place = Math.Clamp(((2 * y) + 1 - upper) * span, 0, 1);
            float blue = top.Cb + ((bottom.Cb - top.Cb) * place), red = top.Cr + ((bottom.Cr - top.Cr) * place);
            for (int x = from; x < to; x++)
            {
                float cover = _coverage[x] * alpha;
                int at = (y * chromaWidth) + x;
                cb[at] = Blend(cb[at], blue, cover);
                cr[at] = Blend(cr[at], red, cover);
            }
        }
    }

    /// <summary>Darkens a convex polygon of ground once, however many shadows lie over it.</summary>
    /// <param name="points">Corners, pixels.</param>
    /// <param name="factor">What is left of the coded value, 0…1.</param>
    /// <param name="mark">Marks the mask as shadow.</param>
    public void Shade(ReadOnlySpan<Vector2> points, float factor, bool mark = true)
    {
        if (!Bounds(points, out _, out float upper, out _, out float lower))
        {
            return;
        }

        Span<byte> luma = Target.Luma, cb = Target.Cb, cr = Target.Cr;
        int chromaWidth = Target.ChromaWidth;
        int last = Math.Min(height - 1, (int)lower);
        for (int y = Math.Max(0, (int)upper); y <= last; y++)
        {
            (int from, int to) = Cover(points, y, 1, LumaLines, width);
            for (int x = from; x < to; x++)
            {
                int at = (y * width) + x;
                if (Mask[at] != Still && mark)
                {
                    continue;
                }

                float left = 1 - ((1 - factor) * _coverage[x]);
                luma[at] = (byte)((luma[at] * left) + 0.5f);
                if (((x | y) & 1) == 0)
                {
                    int c = (y / 2 * chromaWidth) + (x / 2);
                    cb[c] = (byte)(128 + ((cb[c] - 128) * left) + 0.5f);
                    cr[c] = (byte)(128 + ((cr[c] - 128) * left) + 0.5f);
                }

                if (mark && _coverage[x] >= 0.5f)
                {
                    Mask[at] = Shadow;
                }
            }
        }
    }

    /// <summary>Adds light: strongest in the middle, none at the ellipse's edge.</summary>
    public void Glow(Vector2 centre, float radiusX, float radiusY, Ycc light, float strength)
    {
        if (!(radiusX > 0.3f && radiusY > 0.3f && strength > 0.004f))
        {
            return;
        }

        int top = Math.Max(0, (int)(centre.Y - radiusY)), bottom = Math.Min(height - 1, (int)(centre.Y + radiusY));
        int left = Math.Max(0, (int)(centre.X - radiusX)), right = Math.Min(width - 1, (int)(centre.X + radiusX));
        Span<byte> luma = Target.Luma, cb = Target.Cb, cr = Target.Cr;
        int chromaWidth = Target.ChromaWidth;
        for (int y = top; y <= bottom; y++)
        {
            float dy = (y + 0.5f - centre.Y) / radiusY;
            for (int x = left; x <= right; x++)
            {
                float dx = (x + 0.5f - centre.X) / radiusX;
                float w = 1 - (dx * dx) - (dy * dy);
                if (w <= 0)
                {
                    continue;
                }

                w *= w * strength;
                int at = (y * width) + x;
                luma[at] = (byte)Math.Min(255, luma[at] + (light.Y * w) + 0.5f);
                if (((x | y) & 1) == 0)
                {
                    int c = (y / 2 * chromaWidth) + (x / 2);
                    cb[c] = Clamp(cb[c] + ((light.Cb - 128) * w));
                    cr[c] = Clamp(cr[c] + ((light.Cr - 128) * w));
                }
            }
        }
    }

    private bool Bounds(ReadOnlySpan<Vector2> points, out float left, out float upper, out float right, out float lower)
    {
        left = upper = float.MaxValue;
        right = lower = float.MinValue;
        foreach (Vector2 p in points)
        {
            left = Math.Min(left, p.X);
            right = Math.Max(right, p.X);
            upper = Math.Min(upper, p.Y);
            lower = Math.Max(lower, p.Y);
        }

        return points.Length > 2 && right > 0 && lower > 0 && left < width && upper < height;
    }

    /// <summary>Coverage of the pixels of a row of a plane that is scaled by <paramref name="scale"/>; between the two
    /// columns returned.</summary>
    private (int From, int To) Cover(ReadOnlySpan<Vector2> points, int row, float scale, int lines, int columns)
    {
        int from = columns, to = 0;
        Span<float> lefts = stackalloc float[LumaLines], rights = stackalloc float[LumaLines];
        for (int line = 0; line < lines; line++)
        {
            float y = row + ((line + 0.5f) / lines), left = float.MaxValue, right = float.MinValue;
            Vector2 a = points[^1] * scale;
            foreach (Vector2 point in points)
            {
                Vector2 b = point * scale;
                if (a.Y <= y != b.Y <= y)
                {
                    float x = a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
                    left = Math.Min(left, x);
                    right = Math.Max(right, x);
                }

                a = b;
            }

            lefts[line] = left = Math.Max(left, 0);
            rights[line] = right = Math.Min(right, columns);
            if (left < right)
            {
                from = Math.Min(from, (int)left);
                to = Math.Max(to, (int)MathF.Ceiling(right));
            }
        }

        if (from >= to)
        {
            return (0, 0);
        }

        to = Math.Min(to, columns);
        Array.Clear(_coverage, from, to - from);
        float weight = 1f / lines;
        for (int line = 0; line < lines; line++)
        {
            float left = lefts[line], right = rights[line];
            if (left >= right)
            {
                continue;
            }

            int first = (int)left, last = Math.Min((int)right, to - 1);
            if (first == last)
            {
                _coverage[first] += weight * (right - left);
                continue;
            }

            _coverage[first] += weight * (first + 1 - left);
            for (int x = first + 1; x < last; x++)
            {
                _coverage[x] += weight;
            }

            _coverage[last] += weight * Math.Min(1, right - last);
        }

        return (from, to);
    }

    private static byte Blend(byte under, float over, float cover) => (byte)(under + ((over - under) * cover) + 0.5f);

    private static byte Clamp(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
