using Sensing.Drones.Tasks;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.Drones.Tests.Tasks;

/// <summary>Faces of two colours: round the eyes and round the mouth.</summary>
public sealed class FaceMaskTests
{
    private static readonly Face Face = new(0.9f, 20, 20, 60, 70, new KeyPoint(40, 36, 1), new KeyPoint(40, 58, 1));

    [Theory]
    [InlineData(true, true, MaskState.NoMask)]
    [InlineData(true, false, MaskState.Mask)]
    [InlineData(false, false, MaskState.NoFaceVisible)]
    public void What_covers_the_mouth_is_a_mask(bool eyes, bool mouth, MaskState expected)
    {
        using Frame frame = Frame.Rent(80, 80, default);
        frame.Luma.Fill(120);

        // Skin by Chai and Ngan; the rest is the blue of a surgical mask.
        for (int y = 0; y < frame.ChromaHeight; y++)
        {
            bool skin = y < 23 ? eyes : mouth;
            frame.Cb.Slice(y * frame.ChromaWidth, frame.ChromaWidth).Fill((byte)(skin ? 108 : 150));
            frame.Cr.Slice(y * frame.ChromaWidth, frame.ChromaWidth).Fill((byte)(skin ? 150 : 115));
        }

        Assert.Equal(expected, FaceMask.Of(frame, Face));
    }

    [Fact]
    public void A_face_at_the_picture_s_edge_is_no_error()
    {
        using Frame frame = Frame.Rent(10, 10, default);
        frame.Raw.Span.Fill(128);
        Assert.Equal(MaskState.NoFaceVisible, FaceMask.Of(frame, Face));
    }
}
