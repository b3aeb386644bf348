using Sensing.Vision.Frames;
using Sensing.Vision.Sources.Ffmpeg;
using SkiaSharp;

namespace Sensing.Vision.Sources;

/// <summary>Picture files to frames.</summary>
internal sealed class ImageDecoder(int workWidth) : IDisposable
{
    // Scaled down by less than two: neighbours are mixed; by more: means of two by two, repeatedly.
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Pixels of a picture at most: more than any camera gives, and 400 MB decoded.</summary>
    private const long MostPixels = 100_000_000;

    /// <summary>Pixels of a side at most, as of any frame.</summary>
    private const int LongestSide = 16_384;

    private SKBitmap? _picture;
    private SKBitmap? _scaled;

    /// <summary>Size of the first picture; null before it.</summary>
    public (int Width, int Height)? Size { get; private set; }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">File.</param>
    /// <param name="time">When it was taken.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>Null where it cannot be used.</returns>
    public Frame? Read(string path, DateTimeOffset time, out string? problem)
    {
        if (!File.Exists(path))
        {
            problem = "There is no such file.";
            return null;
        }

        using SKCodec? codec = SKCodec.Create(path, out SKCodecResult result);
        if (codec is null)
        {
            problem = $"This is not a picture that can be read ({result}).";
            return null;
        }

        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        if (Size is { } size && size != (width, height))
        {
            problem = $"This picture has {width} × {height} pixels, those before have {size.Width} × {size.Height}.";
            return null;
        }

        if (width > LongestSide || height > LongestSide || (long)width * height > MostPixels)
        {
            problem = $"This picture has {width} × {height} pixels; at most {LongestSide} a side and {MostPixels / 1_000_000} million are read.";
            return null;
        }

        // A picture with transparency is laid over black.
        _picture = Reuse(_picture, width, height);
        result = codec.GetPixels(
            codec.Info.AlphaType == SKAlphaType.Opaque ? _picture.Info : _picture.Info.WithAlphaType(SKAlphaType.Premul), _picture.GetPixels());
        if (result != SKCodecResult.Success)
        {
            problem = $"This picture is damaged ({result}).";
            return null;
        }

        Size = (width, height);
        problem = null;
        (int toWidth, int toHeight) = workWidth < width ? DecodeRequest.WorkSize(width, height, workWidth) : (width, height);
        SKBitmap picture = _picture;
        if ((toWidth, toHeight) != (width, height))
        {
            picture = _scaled = Reuse(_scaled, toWidth, toHeight);
            _picture.ScalePixels(_scaled, Sampling);
        }

        return FrameImage.FromBitmap(picture, time, width, height);
    }

    public void Dispose()
    {
        _picture?.Dispose();
        _scaled?.Dispose();
    }

    private static SKBitmap Reuse(SKBitmap? bitmap, int width, int height)
    {
        if (bitmap is { } usable && (usable.Width, usable.Height) == (width, height))
        {
            return usable;
        }

        bitmap?.Dispose();
        return new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
    }
}
