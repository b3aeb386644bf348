using Sensing.Events;
using Sensing.Streams;
using Sensing.Testing;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;
using Sensing.Vision.Sources.Ffmpeg;
using Sensing.Vision.Video;
using SkiaSharp;

namespace Sensing.Vision.Tests.Video;

[TimeLimit(minutes: 3, reason: "Starts FFmpeg several times.")]
public sealed class VideoWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_is_read_again(bool drawn)
    {
        using (var writer = new VideoWriter(_folder["a.mp4"], 10))
        {
            for (int i = 0; i < 12; i++)
            {
                using Frame frame = Plain(i);
                if (drawn)
                {
                    using var canvas = new FrameCanvas(frame);
                    canvas.Fill([(0, 0), (32, 0), (32, 48), (0, 48)], SKColors.Red);
                    writer.Write(canvas);
                }
                else
                {
                    writer.Write(frame);
                }
            }

            Assert.False(File.Exists(_folder["a.mp4"]));
            writer.Complete();
        }

        Assert.Equal([_folder["a.mp4"]], Directory.GetFiles(_folder.Path));
        var context = new StreamContext(new StreamAddress("site", "node", "camera"), TimeProvider.System, _folder.Path);
        await using var source = new VideoSource(new VideoSourceOptions { Files = ["a.mp4"], StartTime = "2026-03-01T08:00:00Z" }, context);
        int read = 0;
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, TestContext.Current.CancellationToken))
        {
            using Frame frame = item.Sample!;
            Assert.Equal(read / 10.0, (frame.Time - TestVideoStart).TotalSeconds);
            Assert.Equal(20 + (15 * read), frame.Luma[(24 * 64) + 48], 3.0);
            if (drawn)
            {
                // Red in full-range BT.601.
                Assert.Equal(76, frame.Luma[(24 * 64) + 16], 4.0);
                Assert.Equal(255, frame.Cr[(12 * 32) + 8], 4.0);
            }

            read++;
        }

        Assert.Equal(12, read);
    }

    [Fact]
    public void A_video_that_was_not_completed_leaves_no_file()
    {
        using (var writer = new VideoWriter(_folder["a.mp4"], 10))
        {
            using Frame frame = Plain(0);
            writer.Write(frame);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains(".mp4", Assert.Throws<VideoException>(() => new VideoWriter("a.gif", 10)).Message, StringComparison.Ordinal);
        using (var empty = new VideoWriter(_folder["a.mp4"], 10))
        {
            Assert.Contains("no pictures", Assert.Throws<VideoException>(empty.Complete).Message, StringComparison.Ordinal);
        }

        using Frame frame = Plain(0), other = Frame.Rent(32, 32, default);
        using (var mixed = new VideoWriter(_folder["a.mp4"], 10))
        {
            mixed.Write(frame);
            Assert.Contains("32 × 32", Assert.Throws<VideoException>(() => mixed.Write(other)).Message, StringComparison.Ordinal);
        }

        using (var nowhere = new VideoWriter(_folder["absent/a.mp4"], 10))
        {
            VideoException error = Assert.Throws<VideoException>(() =>
            {
                nowhere.Write(frame);
                nowhere.Complete();
            });
            Assert.Contains("No such file", error.Message, StringComparison.Ordinal);
        }

        using var without = new VideoWriter(_folder["a.mp4"], 10, new FfmpegPrograms("/nowhere"));
        Assert.Contains("apt-get install ffmpeg", Assert.Throws<VideoException>(() => without.Write(frame)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset TestVideoStart => new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static Frame Plain(int number)
    {
        Frame frame = Frame.Rent(64, 48, default);
        frame.Luma.Fill((byte)(20 + (15 * number)));
        frame.Cb.Fill(128);
        frame.Cr.Fill(128);
        return frame;
    }
}
