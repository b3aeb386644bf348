using Sensing.Events.Node;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;
using SkiaSharp;

namespace Sensing.Vision.Tests.Sources;

[TimeLimit(minutes: 4, reason: "Starts FFmpeg several times.")]
public sealed class MjpegSourceTests
{
    [Fact]
    public async Task Pictures_come_with_their_colours_and_after_a_lost_connection_again()
    {
        await using var camera = new MjpegCamera(new SKColor(200, 60, 30));
        camera.Start();
        await using var reading = new CameraReading(context => new MjpegSource(new MjpegSourceOptions { Url = camera.Url, TimeoutSeconds = 60 }, context));
        using (Frame frame = await reading.FrameAsync())
        {
            // ITU-R BT.601, full range: Y = .299 R + .587 G + .114 B, Cb = 128 + .564 (B − Y), Cr = 128 + .713 (R − Y).
            Assert.Equal((320, 240), (frame.Width, frame.Height));
            Assert.Equal(98.4, frame.Luma[1000], 2.0);
            Assert.Equal(89.4, frame.Cb[1000], 2.0);
            Assert.Equal(200.4, frame.Cr[1000], 2.0);
        }

        await camera.StopAsync();
        Assert.Equal(("away", camera.Url), await reading.NoticeAsync() is var away ? (away.Code, away.Input) : default);
        camera.Start();
        StreamNotice gap = await reading.NoticeAfterTimeAsync();
        Assert.Equal("gap", gap.Code);
        await reading.FramesAsync(3);
    }

    [Fact]
    public async Task A_server_without_the_camera_is_named_with_what_it_answered()
    {
        await using var reading = new CameraReading(
            context => new MjpegSource(new MjpegSourceOptions { Url = "http://user:secret@127.0.0.1:1/video.mjpg" }, context));
        StreamNotice away = await reading.NoticeAsync();
        Assert.Equal("http://127.0.0.1:1/video.mjpg", away.Input);
        Assert.Contains("refused", away.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", away.Message, StringComparison.Ordinal);
        Assert.NotNull(away.Remedy);
    }
}
