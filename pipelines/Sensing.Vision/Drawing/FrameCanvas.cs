using Sensing.Plots;
using Sensing.Vision.Frames;
using SkiaSharp;

namespace Sensing.Vision.Drawing;

/// <summary>Draws over a frame. All coordinates are the camera's own pixels, as in set-ups.</summary>
public sealed class FrameCanvas : IDisposable
{
    private const double TextHeight = 14;

    private static readonly Lazy<SKTypeface> Face = new(() => SKTypeface.FromFile(PlotFont.File));

    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly float _scaleX, _scaleY;
    private SKFont? _font;

    /// <param name="frame">The picture below; it is copied.</param>
    /// <param name="scale">Pixels of the drawing for each of the frame, so that small frames get legible text.</param>
    public FrameCanvas(Frame frame, double scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        Width = Math.Max(1, (int)Math.Round(frame.Width * scale));
        Height = Math.Max(1, (int)Math.Round(frame.Height * scale));
        _scaleX = (float)Width / frame.CameraWidth;
        _scaleY = (float)Height / frame.CameraHeight;
        _bitmap = new SKBitmap(Info(Width, Height));
        _canvas = new SKCanvas(_bitmap);
        Load(frame);
    }

    /// <summary>Width of the drawing, pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the drawing, pixels.</summary>
    public int Height { get; }

    /// <summary>The drawing: red, green, blue and 255, row by row.</summary>
    public ReadOnlySpan<byte> Rgba
    {
        get
        {
            _canvas.Flush();
            return _bitmap.GetPixelSpan();
        }
    }

    /// <summary>Puts another frame of the same size below and removes what was drawn.</summary>
    public void Load(Frame frame)
    {
        using SKBitmap picture = FrameImage.ToBitmap(frame);
        picture.ScalePixels(_bitmap, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        _bitmap.NotifyPixelsChanged();
    }

    /// <summary>A line through points.</summary>
    /// <param name="points">Its points.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="width">Pixels of the drawing.</param>
    public void Line(IReadOnlyList<(double X, double Y)> points, SKColor colour, double width = 2) =>
        Stroke(points, closed: false, colour, width);

    /// <summary>The outline of a polygon.</summary>
    /// <param name="points">Its corners.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="width">Pixels of the drawing.</param>
    public void Polygon(IReadOnlyList<(double X, double Y)> points, SKColor colour, double width = 2) =>
        Stroke(points, closed: true, colour, width);

    /// <summary>A filled polygon; a colour with alpha lets the picture shine through.</summary>
    public void Fill(IReadOnlyList<(double X, double Y)> points, SKColor colour)
    {
        using SKPath path = PathOf(points, closed: true);
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        _canvas.DrawPath(path, _paint);
    }

    /// <summary>A box, with a label on top of it.</summary>
    public void Box(double x, double y, double width, double height, SKColor colour, string? label = null, double lineWidth = 2)
    {
        Polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, lineWidth);
        if (label is not null)
        {
            Label(x, y, label, colour);
        }
    }

    /// <summary>A circle around a point.</summary>
    /// <param name="x">Its centre.</param>
    /// <param name="y">Its centre.</param>
    /// <param name="radius">Pixels of the drawing.</param>
    /// <param name="colour">Its colour.</param>
    public void Dot(double x, double y, double radius, SKColor colour)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        _canvas.DrawCircle(Map(x, y), (float)radius, _paint);
    }

    /// <summary>Text on a filled ground whose lower left corner is at a point; moved to where it can be read at the picture's edges.</summary>
    /// <param name="x">The corner.</param>
    /// <param name="y">The corner.</param>
    /// <param name="text">One line.</param>
    /// <param name="ground">Colour of the ground; the text is black or white, whichever is legible on it.</param>
    /// <param name="size">Height of the text, pixels of the drawing.</param>
    public void Label(double x, double y, string text, SKColor ground, double size = TextHeight)
    {
        SKFont font = Font(size);
        float width = font.MeasureText(text) + 6, height = font.Spacing + 2;
        SKPoint at = Map(x, y);
        float left = Math.Clamp(at.X, 0, Math.Max(0, Width - width)), top = Math.Clamp(at.Y - height, 0, Math.Max(0, Height - height));
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = ground;
        _canvas.DrawRect(left, top, width, height, _paint);
        double light = (0.299 * ground.Red) + (0.587 * ground.Green) + (0.114 * ground.Blue);
        _paint.Color = light > 140 ? SKColors.Black : SKColors.White;
        _canvas.DrawText(text, left + 3, top + 1 - font.Metrics.Ascent, font, _paint);
    }

    /// <summary>Text without a ground, its baseline beginning at a point.</summary>
    public void Text(double x, double y, string text, SKColor colour, double size = TextHeight)
    {
        SKPoint at = Map(x, y);
        _paint.Style = SKPaintStyle.Fill;
        _paint.Color = colour;
        _canvas.DrawText(text, at.X, at.Y, Font(size), _paint);
    }

    /// <summary>Makes a region unrecognisable: no more than a few grey values of it remain. What was drawn there is blurred with it.</summary>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="cells">Values that remain along the longer side.</param>
    public void Blur(double x, double y, double width, double height, int cells = 4)
    {
        SKPoint from = Map(x, y), to = Map(x + width, y + height);
        var region = SKRectI.Intersect(
            SKRectI.Create(0, 0, Width, Height),
            new SKRectI((int)MathF.Floor(from.X), (int)MathF.Floor(from.Y), (int)MathF.Ceiling(to.X), (int)MathF.Ceiling(to.Y)));
        if (region.Width > 0 && region.Height > 0)
        {
            _canvas.Flush();
            Mosaic.Smooth(_bitmap.GetPixelSpan(), Width, region, Math.Max(1, cells));
            _bitmap.NotifyPixelsChanged();
        }
    }

    /// <summary>Replaces the whole picture by squares of one colour each.</summary>
    /// <param name="size">Side of a square, pixels of the drawing.</param>
    public void Pixelate(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _canvas.Flush();
        Mosaic.Squares(_bitmap.GetPixelSpan(), Width, Height, size);
        _bitmap.NotifyPixelsChanged();
    }

    /// <summary>The drawing as JPEG.</summary>
    /// <param name="quality">1…100.</param>
    public byte[] ToJpeg(int quality = 85) => Encode(SKEncodedImageFormat.Jpeg, quality);

    /// <summary>The drawing as PNG.</summary>
    public byte[] ToPng() => Encode(SKEncodedImageFormat.Png, 100);

    /// <summary>Writes the drawing.</summary>
    /// <param name="path">File, .png, .jpg or .jpeg.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public void Save(string path) => File.WriteAllBytes(path, Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ToPng(),
        ".jpg" or ".jpeg" => ToJpeg(),
        _ => throw new ArgumentException($"{path}: pictures are written as .png or .jpg.", nameof(path)),
    });

    public void Dispose()
    {
        _font?.Dispose();
        _paint.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);

    private byte[] Encode(SKEncodedImageFormat format, int quality)
    {
        _canvas.Flush();
        using SKData data = _bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private void Stroke(IReadOnlyList<(double X, double Y)> points, bool closed, SKColor colour, double width)
    {
        using SKPath path = PathOf(points, closed);
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeWidth = (float)width;
        _paint.Color = colour;
        _canvas.DrawPath(path, _paint);
    }

    private SKPath PathOf(IReadOnlyList<(double X, double Y)> points, bool closed)
    {
        var path = new SKPath();
        for (int i = 0; i < points.Count; i++)
        {
            SKPoint at = Map(points[i].X, points[i].Y);
            if (i == 0)
            {
                path.MoveTo(at);
            }
            else
            {
                path.LineTo(at);
            }
        }

        if (closed)
        {
            path.Close();
        }

        return path;
    }

    private SKPoint Map(double x, double y) => new((float)x * _scaleX, (float)y * _scaleY);

    private SKFont Font(double size)
    {
        if (_font?.Size != (float)size)
        {
            _font?.Dispose();
            _font = new SKFont(Face.Value, (float)size);
        }

        return _font!;
    }
}
