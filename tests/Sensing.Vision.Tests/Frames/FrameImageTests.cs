using CsCheck;
using Sensing.Vision.Frames;
using SkiaSharp;

namespace Sensing.Vision.Tests.Frames;

public sealed class FrameImageTests
{
    [Fact]
    public void Grey_keeps_its_value()
    {
        using var bitmap = new SKBitmap(256, 3, SKColorType.Bgra8888, SKAlphaType.Opaque);
        for (int x = 0; x < 256; x++)
        {
            for (int y = 0; y < 3; y++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)x, (byte)x, (byte)x));
            }
        }

        using Frame frame = FrameImage.FromBitmap(bitmap, default);
        for (int x = 0; x < 256; x++)
        {
            Assert.Equal(x, frame.Luma[x]);
            Assert.Equal(128, frame.Cb[x / 2]);
            Assert.Equal(128, frame.Cr[x / 2]);
        }
    }

    /// <summary>The formulas of ITU-T T.871 in floating point, on one colour.</summary>
    [Fact]
    public void Colours_follow_the_formulas_both_ways()
    {
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample((r, g, b) =>
        {
            using var bitmap = new SKBitmap(5, 3, SKColorType.Bgra8888, SKAlphaType.Opaque);
            bitmap.Erase(new SKColor(r, g, b));
            using Frame frame = FrameImage.FromBitmap(bitmap, default);
            double y = (0.299 * r) + (0.587 * g) + (0.114 * b);
            Assert.InRange(frame.Luma[^1] - y, -0.51, 0.51);
            Assert.InRange(frame.Cb[^1] - Math.Min(255, 128 + ((b - y) / 1.772)), -0.51, 0.51);
            Assert.InRange(frame.Cr[^1] - Math.Min(255, 128 + ((r - y) / 1.402)), -0.51, 0.51);
            using SKBitmap back = FrameImage.ToBitmap(frame);
            SKColor colour = back.GetPixel(4, 2);
            Assert.InRange(colour.Red - r, -2, 2);
            Assert.InRange(colour.Green - g, -2, 2);
            Assert.InRange(colour.Blue - b, -2, 2);
        });
    }

    [Fact]
    public void A_png_is_read_as_it_was_written()
    {
        using var bitmap = new SKBitmap(7, 4, SKColorType.Bgra8888, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(200, 200, 200));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using Frame frame = FrameImage.Decode(data.AsSpan(), DateTimeOffset.UnixEpoch);
        Assert.Equal((7, 4, 200), (frame.Width, frame.Height, (int)frame.Luma[27]));
    }

    [Fact]
    public void What_is_not_a_picture_is_reported()
        => Assert.Throws<InvalidDataException>(() => FrameImage.Decode([1, 2, 3, 4], default));
}
