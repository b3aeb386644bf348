using CsCheck;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Tests.Frames;

public sealed class FrameTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Planes_cover_the_frame_without_overlap() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200]).Sample((width, height) =>
        {
            using Frame frame = Frame.Rent(width, height, Time);
            frame.Luma.Fill(1);
            frame.Cb.Fill(2);
            frame.Cr.Fill(3);
            Assert.Equal(width * height, frame.Luma.Length);
            Assert.Equal((width + 1) / 2 * ((height + 1) / 2), frame.Cb.Length);
            Assert.Equal(frame.Size, frame.Raw.Length);
            Assert.Equal(frame.Luma.Length, frame.Raw.Span.Count((byte)1));
            Assert.Equal(frame.Cb.Length, frame.Raw.Span.Count((byte)2));
            Assert.Equal(frame.Cr.Length, frame.Raw.Span.Count((byte)3));
        });

    [Fact]
    public void A_copy_does_not_follow_its_original()
    {
        Frame frame = Frame.Rent(4, 4, Time);
        frame.Luma.Fill(9);
        using Frame copy = frame.Copy();
        frame.Luma.Fill(1);
        frame.Dispose();
        Assert.Equal(16, copy.Luma.Count((byte)9));
        Assert.Equal(Time, copy.Time);
    }

    [Fact]
    public void A_disposed_frame_cannot_be_read()
    {
        Frame frame = Frame.Rent(4, 4, Time);
        frame.Dispose();
        frame.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = frame.Luma.Length);
    }
}
