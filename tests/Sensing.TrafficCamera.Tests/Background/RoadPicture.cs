using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.Background;

/// <summary>A road with markings, a verge and a hedge, drawn by arithmetic, larger than the frames cut out of it.</summary>
internal sealed class RoadPicture
{
    private const int Border = 24;

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _scene;
    private readonly Random _noise;

    public RoadPicture(int width, int height, int seed)
    {
        _width = width;
        _height = height;
        _noise = new Random(seed);
        var texture = new Random(seed + 1);
        int w = width + (2 * Border), h = height + (2 * Border);
        _scene = new byte[w * h];
        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++)
            {
                int at = x - Border;
                bool line = (at % 60 is >= 0 and < 3 && y % 40 < 20) || at == width - 20;
                bool hedge = at > width - 16;
                int level = hedge ? 40 + (60 * ((x / 3 * 7) + (y / 3 * 13)) / 8 % 70) : line ? 210 : 130;
                _scene[(y * w) + x] = (byte)(level + texture.Next(-3, 4));
            }
        }
    }

    /// <summary>The frame at a time, the camera shifted, the light multiplied, the hedge moved by the wind.</summary>
    public Frame At(double seconds, int shiftX = 0, int shiftY = 0, double light = 1, double wind = 0)
    {
        Frame frame = Frame.Rent(_width, _height, DateTimeOffset.UnixEpoch.AddSeconds(seconds));
        int w = _width + (2 * Border);
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                int sx = x - shiftX, sy = y - shiftY;
                if (wind > 0 && x > _width - 14)
                {
                    sx += (int)Math.Round(wind * Math.Sin((9 * seconds) + (y / 9.0)));
                    sy += (int)Math.Round(wind * Math.Sin((13 * seconds) + (x / 4.0) + (y / 15.0)));
                }

                double level = _scene[((sy + Border) * w) + sx + Border] * light;
                frame.Luma[(y * _width) + x] = (byte)Math.Clamp(level + _noise.Next(-2, 3), 0, 255);
            }
        }

        frame.Cb.Fill(126);
        frame.Cr.Fill(130);
        return frame;
    }

    /// <summary>Draws a vehicle seen from behind: body, rear window, lamps, bumper and tyres.</summary>
    public static void DrawVehicle(Frame frame, int x, int y, int width, int height, byte body = 200, byte cr = 130)
    {
        Fill(frame, x, y, width, height, body, cr);
        Fill(frame, x + (width / 6), y + (height / 8), width * 2 / 3, height / 4, 45, 128);
        Fill(frame, x + 1, y + (height / 2), width / 6, height / 6, 90, 170);
        Fill(frame, x + width - 1 - (width / 6), y + (height / 2), width / 6, height / 6, 90, 170);
        Fill(frame, x + 2, y + (height * 3 / 4), width - 4, 2, 60, 128);
        Fill(frame, x, y + height - 3, width / 5, 3, 15, 128);
        Fill(frame, x + width - (width / 5), y + height - 3, width / 5, 3, 15, 128);
    }

    /// <summary>Darkens the road to a share of its luma.</summary>
    public static void DrawShadow(Frame frame, int x, int y, int width, int height, double share)
    {
        for (int v = Math.Max(0, y); v < Math.Min(frame.Height, y + height); v++)
        {
            for (int u = Math.Max(0, x); u < Math.Min(frame.Width, x + width); u++)
            {
                int i = (v * frame.Width) + u;
                frame.Luma[i] = (byte)(frame.Luma[i] * share);
            }
        }
    }

    private static void Fill(Frame frame, int x, int y, int width, int height, byte luma, byte cr)
    {
        for (int v = Math.Max(0, y); v < Math.Min(frame.Height, y + height); v++)
        {
            for (int u = Math.Max(0, x); u < Math.Min(frame.Width, x + width); u++)
            {
                frame.Luma[(v * frame.Width) + u] = luma;
                frame.Cr[(v / 2 * frame.ChromaWidth) + (u / 2)] = cr;
            }
        }
    }
}
