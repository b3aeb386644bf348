using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;
using Xunit;

namespace Sensing.Vision.Onnx.Tests.Detection;

/// <summary>Model inputs from frames: colours, normalization, scaling.</summary>
public sealed class FrameTensorTests
{
    [Theory]
    [InlineData(ChannelOrder.Rgb)]
    [InlineData(ChannelOrder.Bgr)]
    public void A_colour_fills_the_planes_normalized(ChannelOrder order)
    {
        using Frame frame = Frame.Rent(20, 10, default);
        frame.Luma.Fill(100);
        frame.Cb.Fill(110);
        frame.Cr.Fill(150);
        var tensor = new FrameTensor(
            new PictureInput { Channels = order, Mean = [1, 2, 3], Deviation = [10, 20, 40] }, 8, 8);
        tensor.Fill(frame, new PictureRegion(0, 0, 20, 10));

        // BT.601: R = 100 + 1.402 · 22, G = 100 + 0.344136 · 18 − 0.714136 · 22, B = 100 − 1.772 · 18.
        double red = 130.844, green = 90.483, blue = 68.104;
        (double first, double third) = order == ChannelOrder.Rgb ? (red, blue) : (blue, red);
        Assert.All(tensor.Values[..64], value => Assert.Equal((first - 1) / 10, value, 1e-3));
        Assert.All(tensor.Values[64..128], value => Assert.Equal((green - 2) / 20, value, 1e-3));
        Assert.All(tensor.Values[128..], value => Assert.Equal((third - 3) / 40, value, 1e-3));
    }

    [Fact]
    public void A_gradient_is_scaled_with_the_centres_of_pixels_aligned()
    {
        using Frame frame = Frame.Rent(40, 40, default);
        frame.Raw.Span.Fill(128);
        for (int i = 0; i < frame.Luma.Length; i++)
        {
            frame.Luma[i] = (byte)(2 * (i % 40));
        }

        var tensor = new FrameTensor(new PictureInput(), 10, 10);
        tensor.Fill(frame, new PictureRegion(10, 0, 20, 40));

        // Column x of the input lies at 10 + 2 (x + ½) − ½ of the frame, whose value there is twice that.
        for (int x = 0; x < 10; x++)
        {
            Assert.Equal(2 * (10 + (2 * (x + 0.5)) - 0.5), tensor.Values[x], 1e-3);
        }
    }

    [Fact]
    public void A_letterbox_keeps_the_aspect_with_grey_borders()
    {
        using Frame frame = Frame.Rent(40, 20, default);
        frame.Raw.Span.Fill(128);
        frame.Luma.Fill(200);
        var tensor = new FrameTensor(new PictureInput { Fit = PictureFit.Letterbox }, 20, 20);
        tensor.Fill(frame, new PictureRegion(0, 0, 40, 20));
        Assert.Equal(114, tensor.Values[(4 * 20) + 7]);
        Assert.Equal(200, tensor.Values[(5 * 20) + 7], 1e-3);
        Assert.Equal(200, tensor.Values[(14 * 20) + 7], 1e-3);
        Assert.Equal(114, tensor.Values[(15 * 20) + 7]);
        Assert.Equal((0f, 0f), tensor.ToFrame(0, 5));
        Assert.Equal((40f, 20f), tensor.ToFrame(20, 15));
    }

    [Fact]
    public void Class_names_of_ultralytics_exports_are_read()
    {
        Assert.Equal(["car", "fire truck"], ClassNames.Of(new Dictionary<string, string> { ["names"] = "{1: 'fire truck', 0: 'car'}" }));
        Assert.Null(ClassNames.Of(new Dictionary<string, string>()));
    }
}
