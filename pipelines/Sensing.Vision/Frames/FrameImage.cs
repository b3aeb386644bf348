using System.Runtime.InteropServices;
using SkiaSharp;

namespace Sensing.Vision.Frames;

/// <summary>Frames from pictures (JPEG, PNG, BMP and others that SkiaSharp reads) and back.</summary>
/// <remarks>Full-range ITU-R BT.601, the colours of JPEG files (ITU-T T.871): Y′ = 0.299 R + 0.587 G + 0.114 B; chroma is the mean of
/// 2 × 2 pixels. Grey keeps its exact value in luma, so that masks can be read as well.</remarks>
public static class FrameImage
{
    // The matrix in 16 bits of fraction; each row of weights adds up to 65536 or 0.
    private const int YR = 19595, YG = 38470, YB = 7471;
    private const int BR = -11059, BG = -21709, BB = 32768;
    private const int RR = 32768, RG = -27439, RB = -5329;

    /// <summary>Decodes a picture file.</summary>
    /// <param name="path">File.</param>
    /// <param name="time">When the picture was taken.</param>
    /// <exception cref="InvalidDataException">It is not a picture, or larger than a frame may be.</exception>
    public static Frame Read(string path, DateTimeOffset time)
    {
        using SKBitmap? bitmap = SKBitmap.Decode(path);
        return bitmap is null ? throw new InvalidDataException($"{path} is not a readable picture: JPEG, PNG, BMP, GIF and WebP are.") : FromBitmap(bitmap, time);
    }

    /// <summary>Decodes the bytes of a picture file.</summary>
    /// <exception cref="InvalidDataException">They are not a picture, or it is larger than a frame may be.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, DateTimeOffset time)
    {
        using SKData data = SKData.CreateCopy(encoded);
        using SKCodec? codec = SKCodec.Create(data);
        using SKBitmap? bitmap = codec is null ? null : SKBitmap.Decode(codec);
        return bitmap is null ? throw new InvalidDataException($"These {encoded.Length} bytes are not a readable picture.") : FromBitmap(bitmap, time);
    }

    /// <summary>Converts a bitmap; transparency is ignored.</summary>
    /// <param name="bitmap">The picture.</param>
    /// <param name="time">When it was taken.</param>
    /// <param name="cameraWidth">Width of the camera's own picture, from which the bitmap was scaled; 0: the bitmap's.</param>
    /// <param name="cameraHeight">Height of the camera's own picture; 0: the bitmap's.</param>
    /// <exception cref="InvalidDataException">It is larger than a frame may be.</exception>
    public static Frame FromBitmap(SKBitmap bitmap, DateTimeOffset time, int cameraWidth = 0, int cameraHeight = 0)
    {
        if (bitmap.Width is < 1 or > 16384 || bitmap.Height is < 1 or > 16384)
        {
            throw new InvalidDataException($"The picture has {bitmap.Width} × {bitmap.Height} pixels; 1 to 16384 each are possible.");
        }

        using SKBitmap? converted = bitmap.ColorType == SKColorType.Bgra8888 ? null : bitmap.Copy(SKColorType.Bgra8888);
        SKBitmap colours = converted ?? bitmap;
        Frame frame = Frame.Rent(bitmap.Width, bitmap.Height, time, null, cameraWidth, cameraHeight);
        ReadOnlySpan<byte> pixels = colours.GetPixelSpan();
        for (int y = 0; y < frame.Height; y += 2)
        {
            ReadOnlySpan<byte> upper = pixels.Slice(y * colours.RowBytes, frame.Width * 4);
            bool two = y + 1 < frame.Height;
            ReadOnlySpan<byte> lower = two ? pixels.Slice((y + 1) * colours.RowBytes, frame.Width * 4) : upper;
            LumaRow(upper, frame.Luma.Slice(y * frame.Width, frame.Width));
            if (two)
            {
                LumaRow(lower, frame.Luma.Slice((y + 1) * frame.Width, frame.Width));
            }

            int c = y / 2 * frame.ChromaWidth;
            ChromaRow(upper, lower, frame.Cb.Slice(c, frame.ChromaWidth), frame.Cr.Slice(c, frame.ChromaWidth), frame.Width);
        }

        return frame;
    }

    /// <summary>Converts a frame into an opaque bitmap, which the caller disposes.</summary>
    public static SKBitmap ToBitmap(Frame frame)
    {
        var bitmap = new SKBitmap(frame.Width, frame.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        ReadOnlySpan<byte> own = bitmap.GetPixelSpan();
        Span<byte> pixels = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(own), own.Length);
        for (int y = 0; y < frame.Height; y++)
        {
            Span<byte> row = pixels.Slice(y * bitmap.RowBytes, frame.Width * 4);
            ReadOnlySpan<byte> luma = frame.Luma.Slice(y * frame.Width, frame.Width);
            ReadOnlySpan<byte> cb = frame.Cb.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth), cr = frame.Cr.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth);
            for (int x = 0; x < frame.Width; x++)
            {
                // R = Y + 1.402 Cr, G = Y − 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb.
                int l = (luma[x] << 16) + 32768, b = cb[x / 2] - 128, r = cr[x / 2] - 128;
                row[4 * x] = Clamp(l + (116130 * b));
                row[(4 * x) + 1] = Clamp(l - (22554 * b) - (46802 * r));
                row[(4 * x) + 2] = Clamp(l + (91881 * r));
                row[(4 * x) + 3] = 255;
            }
        }

        return bitmap;
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value >> 16, 0, 255);

    private static void LumaRow(ReadOnlySpan<byte> bgra, Span<byte> luma)
    {
        for (int x = 0; x < luma.Length; x++)
        {
            luma[x] = (byte)(((YB * bgra[4 * x]) + (YG * bgra[(4 * x) + 1]) + (YR * bgra[(4 * x) + 2]) + 32768) >> 16);
        }
    }

    private static void ChromaRow(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> cb, Span<byte> cr, int width)
    {
        for (int c = 0; c < cb.Length; c++)
        {
            int p = 8 * c, q = 4 * Math.Min((2 * c) + 1, width - 1);
            int b = upper[p] + upper[q] + lower[p] + lower[q];
            int g = upper[p + 1] + upper[q + 1] + lower[p + 1] + lower[q + 1];
            int r = upper[p + 2] + upper[q + 2] + lower[p + 2] + lower[q + 2];
            cb[c] = (byte)Math.Min(255, ((BB * b) + (BG * g) + (BR * r) + (128 << 18) + (1 << 17)) >> 18);
            cr[c] = (byte)Math.Min(255, ((RB * b) + (RG * g) + (RR * r) + (128 << 18) + (1 << 17)) >> 18);
        }
    }
}
