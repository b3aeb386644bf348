using System.Numerics;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>The scene without traffic, drawn once: a ray for each quarter of a pixel.</summary>
internal sealed class Backdrop
{
    private const int Rays = 2;

    private readonly SceneCamera _camera;
    private readonly SceneLight _light;
    private readonly GroundTexture _ground;
    private readonly Surroundings _around;

    public Backdrop(SceneOptions options, SceneRoad road, SceneCamera camera, SceneLight light, Surroundings around)
    {
        _camera = camera;
        _light = light;
        _around = around;
        _ground = new GroundTexture(options, road, light, around);
    }

    public void DrawOn(Frame frame)
    {
        Span<byte> luma = frame.Luma, cb = frame.Cb, cr = frame.Cr;
        int width = frame.Width, chromaWidth = frame.ChromaWidth;
        var above = new Ycc[width + 1];
        for (int y = 0; y < frame.Height; y++)
        {
            Ycc last = default;
            for (int x = 0; x < width; x++)
            {
                Ycc pixel = PixelAt(x, y);
                luma[(y * width) + x] = (byte)Math.Clamp(pixel.Y + 0.5f, 0, 255);

                // Chroma is the mean of a 2 × 2 block; at an odd edge of what there is of it.
                bool rightColumn = (x & 1) == 1 || x == width - 1, lowerRow = (y & 1) == 1 || y == frame.Height - 1;
                Ycc pair = (x & 1) == 1 ? Ycc.Lerp(last, pixel, 0.5f) : pixel;
                last = pixel;
                if (!rightColumn)
                {
                    continue;
                }

                if (lowerRow)
                {
                    Ycc block = (y & 1) == 1 ? Ycc.Lerp(above[x / 2], pair, 0.5f) : pair;
                    cb[(y / 2 * chromaWidth) + (x / 2)] = (byte)Math.Clamp(block.Cb + 0.5f, 0, 255);
                    cr[(y / 2 * chromaWidth) + (x / 2)] = (byte)Math.Clamp(block.Cr + 0.5f, 0, 255);
                }
                else
                {
                    above[x / 2] = pair;
                }
            }
        }
    }

    private Ycc PixelAt(int x, int y)
    {
        Rgb sum = default;
        for (int i = 0; i < Rays * Rays; i++)
        {
            float px = x + (((i % Rays) + 0.5f) / Rays), py = y + (((i / Rays) + 0.5f) / Rays);
            sum += Clip(LightAlong(Vector3.Normalize(_camera.Ray(px, py))));
        }

        return (sum * (1f / (Rays * Rays))).Encode();
    }

    private static Rgb Clip(Rgb c) => new(Math.Min(c.R, 1), Math.Min(c.G, 1), Math.Min(c.B, 1));

    private Rgb LightAlong(Vector3 ray)
    {
        float ground = ray.Z < -1e-4f ? _camera.Position.Z / -ray.Z : float.PositiveInfinity;
        if (_around.Hit(ray, Math.Min(ground, 900)) is var (standing, distance))
        {
            return _light.Through(standing * _light.Exposure, distance);
        }

        if (ground < 900)
        {
            Vector3 place = _camera.Position + (ray * ground);
            float footprint = ground / _camera.FocalPx * (ground / _camera.Position.Z);
            return _light.Through(_ground.At(place, footprint, ground) * _light.Exposure, ground);
        }

        return Sky(ray);
    }

    private Rgb Sky(Vector3 ray)
    {
        float up = Math.Clamp(ray.Z * 3, 0, 1);
        if (_light.Night)
        {
            return Rgb.Lerp(new Rgb(0.05f, 0.04f, 0.035f), new Rgb(0.012f, 0.013f, 0.02f), up);
        }

        Rgb horizon = Rgb.Grey(0.8f), zenith = _light.CastsShadows ? new Rgb(0.24f, 0.42f, 0.78f) : Rgb.Grey(0.66f);
        return Rgb.Lerp(horizon, zenith, up);
    }
}
