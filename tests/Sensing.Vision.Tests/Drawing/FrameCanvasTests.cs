using Sensing.Testing;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using SkiaSharp;

namespace Sensing.Vision.Tests.Drawing;

public sealed class FrameCanvasTests
{
    [Fact]
    public void Coordinates_are_the_cameras_own()
    {
        using Frame frame = Grey(320, 180, 1280, 720);
        using var canvas = new FrameCanvas(frame, scale: 2);
        Assert.Equal((640, 360), (canvas.Width, canvas.Height));
        canvas.Fill([(400, 200), (600, 200), (600, 300), (400, 300)], SKColors.Lime);

        // 1280 pixels of the camera are 640 of the drawing.
        Assert.Equal((0, 255, 0), Pixel(canvas, 250, 125));
        Assert.Equal((0, 255, 0), Pixel(canvas, 202, 102));
        Assert.Equal((100, 100, 100), Pixel(canvas, 198, 102));
        Assert.Equal((100, 100, 100), Pixel(canvas, 302, 125));
        Assert.Equal((100, 100, 100), Pixel(canvas, 250, 98));
    }

    [Fact]
    public void Boxes_lines_dots_and_labels_leave_their_marks_and_text_stays_inside_the_picture()
    {
        using Frame frame = Grey(320, 240);
        using var canvas = new FrameCanvas(frame);
        canvas.Box(50, 60, 100, 80, SKColors.Red);
        Assert.Equal((255, 0, 0), Pixel(canvas, 50, 100));
        Assert.Equal((255, 0, 0), Pixel(canvas, 150, 100));
        Assert.Equal((100, 100, 100), Pixel(canvas, 100, 100));
        canvas.Line([(200, 10), (200, 200)], SKColors.Blue, 3);
        Assert.Equal((0, 0, 255), Pixel(canvas, 200, 100));
        canvas.Dot(250, 100, 5, SKColors.Yellow);
        Assert.Equal((255, 255, 0), Pixel(canvas, 250, 100));

        // At the right upper corner, where there is no room: moved inwards, ground and letters.
        canvas.Label(315, 5, "bus 12 km/h", SKColors.Yellow);
        (int R, int G, int B)[] corner = [.. Enumerable.Range(230, 88).Select(x => Pixel(canvas, x, 9))];
        Assert.Contains((255, 255, 0), corner);
        Assert.Contains(corner, pixel => pixel.R < 60);
    }

    [Fact]
    public void Another_frame_removes_what_was_drawn()
    {
        using Frame frame = Grey(64, 48);
        using var canvas = new FrameCanvas(frame);
        canvas.Pixelate(8);
        canvas.Fill([(0, 0), (64, 0), (64, 48), (0, 48)], SKColors.Red);
        canvas.Load(frame);
        Assert.Equal((100, 100, 100), Pixel(canvas, 32, 24));
    }

    [Fact]
    public void A_blurred_region_keeps_no_detail_and_the_rest_stays()
    {
        using Frame frame = Grey(320, 240);
        for (int i = 0; i < frame.Luma.Length; i++)
        {
            frame.Luma[i] = (byte)((i & 1) * 200);
        }

        using var canvas = new FrameCanvas(frame);
        canvas.Blur(100, 100, 80, 20);

        // The stripes have gone: neighbours are alike, at their mean.
        for (int x = 101; x < 179; x++)
        {
            Assert.Equal(100, Pixel(canvas, x, 110).R, 3.0);
        }

        Assert.Equal((0, 0, 0), Pixel(canvas, 98, 110));
        Assert.Equal((200, 200, 200), Pixel(canvas, 99, 110));
        Assert.Equal((200, 200, 200), Pixel(canvas, 101, 121));

        // Regions that lie outside, wholly or in part.
        canvas.Blur(-50, -50, 66, 66);
        canvas.Blur(1000, 1000, 10, 10);
        Assert.Equal(100, Pixel(canvas, 4, 4).R, 3.0);
    }

    [Fact]
    public void A_pixelated_picture_has_one_colour_a_square()
    {
        using Frame frame = Grey(320, 240);
        new Random(3).NextBytes(frame.Luma);
        using var canvas = new FrameCanvas(frame);
        double mean = Enumerable.Range(0, 16 * 16).Average(i => Pixel(canvas, 32 + (i % 16), 48 + (i / 16)).R);
        canvas.Pixelate(16);
        for (int i = 0; i < 16 * 16; i++)
        {
            Assert.Equal(mean, Pixel(canvas, 32 + (i % 16), 48 + (i / 16)).R, 0.51);
        }
    }

    [Theory]
    [InlineData("a.png", 0)]
    [InlineData("a.jpg", 2)]
    public void Pictures_are_written_as_their_ending_says(string name, double tolerance)
    {
        using var folder = new TemporaryFolder();
        using Frame frame = Grey(64, 48);
        using var canvas = new FrameCanvas(frame);
        canvas.Save(folder[name]);
        using SKBitmap read = SKBitmap.Decode(folder[name]);
        Assert.Equal((64, 48), (read.Width, read.Height));
        Assert.Equal(100, read.GetPixel(30, 30).Red, tolerance);
        Assert.Throws<ArgumentException>(() => canvas.Save(folder["a.gif"]));
    }

    private static Frame Grey(int width, int height, int cameraWidth = 0, int cameraHeight = 0)
    {
        Frame frame = Frame.Rent(width, height, default, cameraWidth: cameraWidth, cameraHeight: cameraHeight);
        frame.Luma.Fill(100);
        frame.Cb.Fill(128);
        frame.Cr.Fill(128);
        return frame;
    }

    private static (int R, int G, int B) Pixel(FrameCanvas canvas, int x, int y)
    {
        ReadOnlySpan<byte> pixel = canvas.Rgba.Slice(((y * canvas.Width) + x) * 4, 4);
        return (pixel[0], pixel[1], pixel[2]);
    }
}
