using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;
using SkiaSharp;

namespace Sensing.Vision.Tests.Sources;

public sealed class ImagesSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Large_pictures_are_scaled_and_colours_converted()
    {
        Write("a.png", 1280, 720, new SKColor(180, 90, 40));
        (List<Frame> frames, _) = await ReadAsync("a.png");
        Frame frame = Assert.Single(frames);
        Assert.Equal((640, 360, 1280, 720), (frame.Width, frame.Height, frame.CameraWidth, frame.CameraHeight));
        double luma = (0.299 * 180) + (0.587 * 90) + (0.114 * 40);
        Assert.Equal(luma, frame.Luma[5000], 0.51);
        Assert.Equal(128 + ((40 - luma) / 1.772), frame.Cb[5000], 0.51);
        Assert.Equal(128 + ((180 - luma) / 1.402), frame.Cr[5000], 0.51);
        frame.Dispose();
    }

    [Fact]
    public async Task Damaged_cut_and_differently_sized_pictures_are_skipped_with_a_notice_and_times_stay_in_step()
    {
        for (int i = 1; i <= 5; i++)
        {
            Write($"{i}.jpg", 64, 48, new SKColor((byte)(40 * i), 100, 100), SKEncodedImageFormat.Jpeg);
        }

        File.WriteAllText(_folder["2.jpg"], "not a picture");
        byte[] jpeg = File.ReadAllBytes(_folder["3.jpg"]);
        File.WriteAllBytes(_folder["3.jpg"], jpeg[..(jpeg.Length - 40)]);
        Write("4.jpg", 32, 48, SKColors.Red, SKEncodedImageFormat.Jpeg);
        (List<Frame> frames, List<StreamNotice> notices) = await ReadAsync("*.jpg");
        Assert.Equal([0, 0.4], frames.Select(frame => (frame.Time - TestVideo.Start).TotalSeconds));
        Assert.Equal([_folder["2.jpg"], _folder["3.jpg"], _folder["4.jpg"]], notices.Select(notice => notice.Input));
        Assert.All(notices, notice => Assert.Equal("damaged", notice.Code));
        Assert.Contains("32 × 48", notices[2].Message, StringComparison.Ordinal);
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task A_picture_that_is_none_is_an_error_where_it_is_the_only_one()
    {
        File.WriteAllText(_folder["a.jpg"], "not a picture");
        SourceException error = await Assert.ThrowsAsync<SourceException>(() => ReadAsync("a.jpg"));
        Assert.Equal(_folder["a.jpg"], error.Input);
    }

    [Theory]
    [InlineData("2.jpg", "10.jpg")]
    [InlineData("in000009.png", "in000010.png")]
    [InlineData("a2b3", "a2b10")]
    [InlineData("a01", "a1")]
    [InlineData("a", "a1")]
    [InlineData("camera", "camera 2")]
    public void Numbers_in_names_count_by_their_value(string first, string second)
    {
        Assert.True(NumericOrder.Instance.Compare(first, second) < 0);
        Assert.True(NumericOrder.Instance.Compare(second, first) > 0);
        Assert.Equal(0, NumericOrder.Instance.Compare(first, first));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string name, int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(colour);
        using SKData data = bitmap.Encode(format, 95);
        File.WriteAllBytes(_folder[name], data.ToArray());
    }

    private async Task<(List<Frame> Frames, List<StreamNotice> Notices)> ReadAsync(string files)
    {
        var frames = new List<Frame>();
        var notices = new List<StreamNotice>();
        var context = new StreamContext(new StreamAddress("site", "node", "camera"), TimeProvider.System, _folder.Path);
        await using var source = new ImagesSource(
            new ImagesSourceOptions { Files = [files], FramesPerSecond = 10, StartTime = "2026-03-01T08:00:00Z" }, context);
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, TestContext.Current.CancellationToken))
        {
            if (item.Sample is { } frame)
            {
                frames.Add(frame);
            }
            else
            {
                notices.Add(item.Notice!);
            }
        }

        return (frames, notices);
    }
}
