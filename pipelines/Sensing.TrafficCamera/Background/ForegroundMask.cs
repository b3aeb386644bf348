namespace Sensing.TrafficCamera.Background;

/// <summary>A class for every pixel of a frame; see <see cref="PixelClass"/>.</summary>
/// <remarks>Belongs to the model that made it, which overwrites it with the next frame.</remarks>
public sealed class ForegroundMask(int width, int height)
{
    private readonly byte[] _pixels = new byte[width * height];

    /// <summary>Pixels, as of the frame.</summary>
    public int Width => width;

    /// <summary>Pixels, as of the frame.</summary>
    public int Height => height;

    /// <summary>The classes, row by row.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>The camera's motion against the background.</summary>
    public GlobalMotion Motion { get; set; } = GlobalMotion.None;

    /// <summary>One row of classes.</summary>
    public Span<byte> Row(int y) => _pixels.AsSpan(y * width, width);
}
