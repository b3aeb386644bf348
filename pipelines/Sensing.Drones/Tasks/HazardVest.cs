using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Tasks;

/// <summary>Tells whether a person wears a hazard vest: fluorescent yellow, orange or red on the upper body (EN ISO 20471), also where it is
/// over-exposed.</summary>
/// <remarks>
/// A fluorescent surface is brighter than any ordinary one of its colour. A camera that exposes for the shade therefore washes it out to a pale yellow
/// or orange. So colourfulness is measured against what the picture can hold at the pixel's brightness: the chroma that remains until one of
/// red, green and blue reaches 0 or 255. The best band of the upper body counts, since reflective strips and straps cover part of a vest.
/// </remarks>
public static class HazardVest
{
    /// <summary>Score from which a person wears a vest.</summary>
    public const float Threshold = 0.45f;

    // Of a standing person's height from the crown: shoulders to hips (0.18 and 0.52 by Drillis and Contini 1966), and a margin for a stoop.
    private const float ShouldersAt = 0.15f, HipsAt = 0.62f;

    // Without arms and what is seen beside the body.
    private const float SideMargin = 0.22f;

    /// <summary>Height of the band, of the person's height: a vest's fabric below the strips.</summary>
    private const float BandHeight = 0.12f;

    /// <summary>Height over width of a standing person with arms: what a box has that the picture's lower edge cuts.</summary>
    private const float StandingRatio = 2.8f;

    // Hue as the angle from yellow (−Cb) to red (Cr): fluorescent yellow is at about −10°, orange-red at 70°; grass is below −30°, crimson above 80°.
    private const float GreenestHue = -25, ReddestHue = 75;

    // Chroma of a clean fabric in good light; below the least, noise and white balance have a say.
    private const float FullChroma = 45, LeastChroma = 12;

    // Luma of what is too dark to be fluorescent, and of what is bright enough.
    private const float DarkLuma = 60, BrightLuma = 120;

    /// <summary>How much of the best band is fluorescent, 0…1.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="person">The person's box, pixels of the camera's own picture.</param>
    public static float Score(Frame frame, ObjectDetection person)
    {
        float sx = frame.Width / (float)frame.CameraWidth, sy = frame.Height / (float)frame.CameraHeight;
        float left = person.Left * sx, right = person.Right * sx, top = person.Top * sy, bottom = person.Bottom * sy;
        float width = right - left, height = bottom - top;
        if (bottom >= frame.Height - 3)
        {
            height = Math.Max(height, StandingRatio * width);
        }

        int x0 = Math.Max(0, (int)(left + (SideMargin * width))), x1 = Math.Min(frame.Width, (int)(right - (SideMargin * width)));
        int y0 = Math.Max(0, (int)(top + (ShouldersAt * height))), y1 = Math.Min(frame.Height, (int)(top + (HipsAt * height)));
        if (x1 <= x0 || y1 <= y0)
        {
            return 0;
        }

        Span<float> rows = y1 - y0 <= 1024 ? stackalloc float[y1 - y0] : new float[y1 - y0];
        for (int y = y0; y < y1; y++)
        {
            rows[y - y0] = Row(frame, y, x0, x1);
        }

        int band = Math.Clamp((int)Math.Round(BandHeight * height), 1, rows.Length);
        float sum = 0, best = 0;
        for (int y = 0; y < rows.Length; y++)
        {
            sum += rows[y] - (y >= band ? rows[y - band] : 0);
            best = y >= band - 1 ? Math.Max(best, sum) : best;
        }

        return Math.Clamp(best / band, 0, 1);
    }

    private static float Row(Frame frame, int y, int from, int to)
    {
        ReadOnlySpan<byte> luma = frame.Luma.Slice(y * frame.Width, frame.Width);
        int chroma = y / 2 * frame.ChromaWidth;
        ReadOnlySpan<byte> cb = frame.Cb.Slice(chroma, frame.ChromaWidth), cr = frame.Cr.Slice(chroma, frame.ChromaWidth);
        float sum = 0;
        for (int x = from; x < to; x++)
        {
            sum += Fluorescence(luma[x], cb[x / 2] - 128, cr[x / 2] - 128);
        }

        return sum / (to - from);
    }

    /// <summary>How fluorescent a pixel is, 0…1.</summary>
    private static float Fluorescence(float luma, float cb, float cr)
    {
        float chroma = MathF.Sqrt((cb * cb) + (cr * cr));
        if (chroma < 1 || luma <= DarkLuma)
        {
            return 0;
        }

        float hue = MathF.Atan2(cr, -cb) * 180 / MathF.PI;
        if (hue is < GreenestHue or > ReddestHue)
        {
            return 0;
        }

        // ITU-R BT.601: how far red, green and blue move with the chroma, and what is left to 0 or 255.
        float room = Math.Min(
            Room(luma, 1.402f * cr / chroma),
            Math.Min(Room(luma, ((-0.344136f * cb) - (0.714136f * cr)) / chroma), Room(luma, 1.772f * cb / chroma)));
        float full = Math.Clamp(0.8f * room, LeastChroma, FullChroma);
        return Math.Min(1, chroma / full) * Math.Clamp((luma - DarkLuma) / (BrightLuma - DarkLuma), 0, 1);
    }

    private static float Room(float luma, float slope) =>
        slope > 0 ? (255 - luma) / slope : slope < 0 ? luma / -slope : float.PositiveInfinity;
}
