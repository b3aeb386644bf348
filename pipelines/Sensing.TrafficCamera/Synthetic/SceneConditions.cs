using System.Numerics;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What lies between the scene and the recorded picture: wind in the trees, rain, a shaking mast, the sensor.</summary>
internal sealed class SceneConditions
{
    private readonly SceneOptions _options;
    private readonly SensorNoise _luma;
    private readonly SensorNoise _chroma;
    private readonly RainStreaks? _rain;
    private readonly Shake? _shake;
    private readonly byte[] _shaken;
    private readonly (Vector2 Middle, float Radius)[] _crowns;

    public SceneConditions(SceneOptions options, IEnumerable<(Vector3 Middle, float Radius)> crowns, SceneCamera camera)
    {
        _options = options;
        double levels = options.Night ? Math.Max(4.5, options.NoiseLevels) : options.NoiseLevels;
        _luma = new SensorNoise(options.Seed, levels, options.Width);
        _chroma = new SensorNoise(options.Seed + 1, levels * 0.6, options.Width);
        if (options.Weather == SceneWeather.Rain)
        {
            // Without their veil: the scene's own air is behind them.
            _rain = new RainStreaks(options.WeatherStrength * (options.Night ? 0.3 : 0.6), options.Width, options.Height, options.Seed);
        }

        _shake = options.ShakePx > 0 ? new Shake(options.ShakePx, options.Seed) : null;
        _shaken = _shake is null ? [] : new byte[options.Width * options.Height * 2];
        _crowns = [.. crowns.Select(c => OnPicture(c.Middle, c.Radius, camera)).Where(c => c.Radius > 5)];
    }

    /// <summary>Leaves move with the wind, most in the middle of a crown, not at its outline.</summary>
    public void MoveTrees(Frame frame, Frame backdrop, double seconds)
    {
        if (_options.Wind <= 0)
        {
            return;
        }

        for (int i = 0; i < _crowns.Length; i++)
        {
            (Vector2 middle, float radius) = _crowns[i];
            double gust = Math.Sin((seconds * 1.9) + (i * 1.3)) + (0.6 * Math.Sin((seconds * 4.7) + (i * 2.1)));
            float by = (float)(_options.Wind * gust * 0.09 * radius);
            int top = Math.Max(0, (int)(middle.Y - radius)), bottom = Math.Min(frame.Height - 1, (int)(middle.Y + radius));
            int left = Math.Max(0, (int)(middle.X - radius)), right = Math.Min(frame.Width - 2, (int)(middle.X + radius));
            for (int y = top; y <= bottom; y++)
            {
                ReadOnlySpan<byte> from = backdrop.Luma.Slice(y * frame.Width, frame.Width);
                Span<byte> to = frame.Luma.Slice(y * frame.Width, frame.Width);
                float dy = (y - middle.Y) / radius, sway = by * MathF.Sin((y * 0.21f) + (float)seconds + 1.2f);
                for (int x = left; x <= right; x++)
                {
                    float dx = (x - middle.X) / radius, inside = 1 - (dx * dx) - (dy * dy);
                    if (inside > 0)
                    {
                        float at = Math.Clamp(x + ((by + sway) * inside), 0, frame.Width - 2);
                        int whole = (int)at;
                        to[x] = (byte)(from[whole] + ((from[whole + 1] - from[whole]) * (at - whole)) + 0.5f);
                    }
                }
            }
        }
    }

    /// <summary>Rain, shaking and noise; truth's masks are shaken with the frame.</summary>
    public Vector2 Meet(Frame frame, Canvas canvas, long number)
    {
        _rain?.Apply(frame, number);
        Vector2 shake = default;
        if (_shake is not null)
        {
            shake = _shake.At(number);
            _shake.Apply(frame, number);
            MoveWhole(canvas.Mask, frame.Width, frame.Height, shake);
            MoveWhole(canvas.Objects, frame.Width, frame.Height, shake);
        }

        _luma.AddTo(frame.Luma, frame.Width, number, 0);
        _chroma.AddTo(frame.Cb, frame.ChromaWidth, number, 1);
        _chroma.AddTo(frame.Cr, frame.ChromaWidth, number, 2);
        return shake;
    }

    private void MoveWhole<T>(T[] plane, int width, int height, Vector2 by)
        where T : unmanaged
    {
        Span<T> copy = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(_shaken.AsSpan())[..plane.Length];
        plane.CopyTo(copy);
        int right = (int)MathF.Round(by.X), down = (int)MathF.Round(by.Y);
        for (int y = 0; y < height; y++)
        {
            int from = y - down;
            Span<T> row = plane.AsSpan(y * width, width);
            row.Clear();
            if (from >= 0 && from < height)
            {
                int start = Math.Max(0, right), count = width - Math.Abs(right);
                copy.Slice((from * width) + Math.Max(0, -right), count).CopyTo(row[start..]);
            }
        }
    }

    private static (Vector2 Middle, float Radius) OnPicture(Vector3 middle, float radius, SceneCamera camera)
    {
        Vector3 eye = camera.ToCamera(middle);
        return eye.Z < 2 ? (default, 0) : (camera.ToPixel(eye), camera.FocalPx * radius * 1.1f / eye.Z);
    }
}
