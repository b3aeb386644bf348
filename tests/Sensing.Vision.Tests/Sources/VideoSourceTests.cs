using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;
using Sensing.Vision.Sources.Ffmpeg;

namespace Sensing.Vision.Tests.Sources;

[TimeLimit(minutes: 4, reason: "Starts FFmpeg several times.")]
public sealed class VideoSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StreamContext Context => new(new StreamAddress("site", "node", "camera"), TimeProvider.System, _folder.Path);

    [Fact]
    public async Task Pictures_are_scaled_down_to_the_working_size_by_means_and_keep_the_cameras_size()
    {
        // Bars of 40 pixels: in the middle of each the scaled picture has the bar's own value; studio range 16…235 becomes 0…255.
        TestVideo.Ffmpeg($"-f lavfi -i color=black:s=1280x720:r=5:d=1,format=yuv420p,geq=lum='16+8*floor(X/40)':cb=100:cr=140 -c:v libx264 -qp 0 -pix_fmt yuv420p -color_range tv {_folder["a.mp4"]}");
        (List<Frame> frames, _) = await ReadAsync(new VideoSourceOptions { Files = ["a.mp4"] });
        Assert.Equal(5, frames.Count);
        Assert.All(frames, frame => Assert.Equal((640, 360, 1280, 720), (frame.Width, frame.Height, frame.CameraWidth, frame.CameraHeight)));
        for (int bar = 0; bar < 27; bar++)
        {
            Assert.Equal(8 * bar * 255 / 219.0, frames[0].Luma[(180 * 640) + (bar * 20) + 10], 1.0);
        }

        Assert.Equal(128 + ((100 - 128) * 255 / 224.0), frames[0].Cb[(90 * 320) + 100], 1.0);
        Assert.Equal(128 + ((140 - 128) * 255 / 224.0), frames[0].Cr[(90 * 320) + 100], 1.0);
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task Colours_of_high_definition_become_those_of_BT_601()
    {
        // Red 180, green 90, blue 40 encoded with the matrix of BT.709; the frame has the matrix of BT.601.
        TestVideo.Ffmpeg($"-f lavfi -i color=0xB45A28:s=320x240:r=5:d=1,format=rgb24 -vf scale=out_color_matrix=bt709,format=yuv444p -c:v libx264 -qp 0 -pix_fmt yuv444p -colorspace bt709 -color_primaries bt709 -color_trc bt709 {_folder["a.mkv"]}");
        (List<Frame> frames, _) = await ReadAsync(new VideoSourceOptions { Files = ["a.mkv"] });
        double luma = (0.299 * 180) + (0.587 * 90) + (0.114 * 40);
        Assert.Equal(luma, frames[0].Luma[5000], 2.0);
        Assert.Equal(128 + ((40 - luma) / 1.772), frames[0].Cb[2000], 2.0);
        Assert.Equal(128 + ((180 - luma) / 1.402), frames[0].Cr[2000], 2.0);
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task Frames_of_a_variable_rate_have_their_own_times_and_a_limit_leaves_frames_out_wherever_reading_begins()
    {
        TestVideo.Write(_folder["all.mkv"], Enumerable.Range(0, 40).Select(i => TestVideo.Picture(i)), 10);

        // Every third is gone between 1 s and 3 s.
        TestVideo.Ffmpeg($"-i {_folder["all.mkv"]} -vf select='not(between(n\\,10\\,30)*not(mod(n\\,3)))' -fps_mode passthrough -c:v libx264 -qp 0 -bf 0 -g 5 {_folder["a.mkv"]}");
        double[] expected = [.. Enumerable.Range(0, 40).Where(n => n is < 10 or > 30 || n % 3 != 0).Select(n => n / 10.0)];
        var options = new VideoSourceOptions { Files = ["a.mkv"], StartTime = "2026-03-01T08:00:00Z" };
        (List<Frame> frames, List<SourcePosition> positions) = await ReadAsync(options);
        Assert.Equal(expected, frames.Select(frame => (frame.Time - TestVideo.Start).TotalSeconds));
        frames.ForEach(frame => frame.Dispose());

        // At most 4 a second: the first of each quarter.
        double[] limited = [.. expected.GroupBy(time => Math.Floor((time * 4) + 1e-6)).Select(quarter => quarter.First())];
        (frames, positions) = await ReadAsync(options with { MaxFramesPerSecond = 4 });
        Assert.Equal(limited, frames.Select(frame => (frame.Time - TestVideo.Start).TotalSeconds));
        frames.ForEach(frame => frame.Dispose());
        (frames, _) = await ReadAsync(options with { MaxFramesPerSecond = 4 }, positions[9]);
        Assert.Equal(limited[10..], frames.Select(frame => (frame.Time - TestVideo.Start).TotalSeconds));
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task A_transport_stream_resumes_after_a_position_although_it_has_no_index()
    {
        TestVideo.Write(_folder["a.ts"], Enumerable.Range(0, 40).Select(i => TestVideo.Picture(i)), 10);
        var options = new VideoSourceOptions { Files = ["a.ts"], StartTime = "2026-03-01T08:00:00Z" };
        (List<Frame> whole, List<SourcePosition> positions) = await ReadAsync(options);
        Assert.Equal(40, whole.Count);
        foreach (int after in (int[])[11, 27, 38])
        {
            (List<Frame> rest, _) = await ReadAsync(options, positions[after]);
            Assert.Equal(whole.Skip(after + 1).Select(frame => frame.Time), rest.Select(frame => frame.Time));
            Assert.All(rest.Zip(whole.Skip(after + 1)), pair => Assert.True(pair.First.Raw.Span.SequenceEqual(pair.Second.Raw.Span)));
            rest.ForEach(frame => frame.Dispose());
        }

        whole.ForEach(frame => frame.Dispose());
    }

    [Theory]
    [InlineData("empty.mp4", "The file is empty.")]
    [InlineData("text.mp4", "FFmpeg cannot read this as a video")]
    [InlineData("cut.mp4", "moov atom not found")]
    [InlineData("sound.mp4", "it holds no pictures")]
    public async Task What_is_not_a_whole_video_is_named_with_the_reason_and_a_remedy(string name, string reason)
    {
        switch (name)
        {
            case "empty.mp4":
                await File.WriteAllBytesAsync(_folder[name], [], TestContext.Current.CancellationToken);
                break;
            case "text.mp4":
                await File.WriteAllTextAsync(_folder[name], new string('x', 10_000), TestContext.Current.CancellationToken);
                break;
            case "sound.mp4":
                TestVideo.Ffmpeg($"-f lavfi -i sine=d=1 {_folder[name]}");
                break;
            default:
                TestVideo.Write(_folder["whole.mp4"], Enumerable.Range(0, 20).Select(i => TestVideo.Picture(i)));
                byte[] whole = await File.ReadAllBytesAsync(_folder["whole.mp4"], TestContext.Current.CancellationToken);
                await File.WriteAllBytesAsync(_folder[name], whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
                break;
        }

        SourceException error = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(new VideoSourceOptions { Files = [name] }));
        Assert.Equal(_folder[name], error.Input);
        Assert.Contains(reason, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task A_damaged_file_between_good_ones_is_skipped_with_a_notice()
    {
        TestVideo.Write(_folder["1.mkv"], Enumerable.Range(0, 5).Select(i => TestVideo.Picture(i)));
        await File.WriteAllTextAsync(_folder["2.mkv"], "not a video", TestContext.Current.CancellationToken);
        TestVideo.Write(_folder["3.mkv"], Enumerable.Range(5, 5).Select(i => TestVideo.Picture(i)));
        var notices = new List<StreamNotice>();
        (List<Frame> frames, _) = await ReadAsync(new VideoSourceOptions { Files = ["*.mkv"], StartTime = "2026-03-01T08:00:00Z" }, notices: notices);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i / 2.5), frames.Select(frame => (frame.Time - TestVideo.Start).TotalSeconds));
        StreamNotice notice = Assert.Single(notices);
        Assert.Equal(("unreadable", _folder["2.mkv"]), (notice.Code, notice.Input));
        Assert.NotNull(notice.Remedy);
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task A_recording_that_is_cut_and_one_with_damaged_pictures_yield_what_is_there_and_a_notice()
    {
        TestVideo.Write(_folder["whole.mkv"], Enumerable.Range(0, 30).Select(i => TestVideo.Picture(i)), 10);
        byte[] whole = await File.ReadAllBytesAsync(_folder["whole.mkv"], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder["cut.mkv"], whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var notices = new List<StreamNotice>();
        (List<Frame> frames, _) = await ReadAsync(new VideoSourceOptions { Files = ["cut.mkv"] }, notices: notices);
        Assert.InRange(frames.Count, 10, 20);
        Assert.Contains(notices, notice => notice.Code == "truncated" && notice.Message.EndsWith("the file's header says 3 s.", StringComparison.Ordinal));
        frames.ForEach(frame => frame.Dispose());

        // Pictures in the middle overwritten.
        TestVideo.Ffmpeg($"-f lavfi -i testsrc2=s=320x240:r=10:d=6 -pix_fmt yuv420p -c:v libx264 -g 10 {_folder["good.mkv"]}");
        byte[] damaged = await File.ReadAllBytesAsync(_folder["good.mkv"], TestContext.Current.CancellationToken);
        damaged.AsSpan(damaged.Length / 3, damaged.Length / 6).Fill(0x55);
        await File.WriteAllBytesAsync(_folder["damaged.mkv"], damaged, TestContext.Current.CancellationToken);
        notices.Clear();
        (frames, _) = await ReadAsync(new VideoSourceOptions { Files = ["damaged.mkv"] }, notices: notices);
        Assert.InRange(frames.Count, 15, 60);
        Assert.True(frames[^1].Time - frames[0].Time > TimeSpan.FromSeconds(5), "What is behind the damage is missing.");
        Assert.Contains(notices, notice => notice.Code == "damaged" && notice.Input == _folder["damaged.mkv"]);
        frames.ForEach(frame => frame.Dispose());
    }

    [Fact]
    public async Task Without_FFmpeg_the_error_names_the_package()
    {
        TestVideo.Write(_folder["a.mp4"], [TestVideo.Picture(0)]);
        await using var source = new VideoSource(new VideoSourceOptions { Files = ["a.mp4"] }, Context, new FfmpegPrograms("/nowhere"));
        SourceException error = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            await foreach (SourceItem<Frame> item in source.ReadAsync(null, TestContext.Current.CancellationToken))
            {
                item.Sample?.Dispose();
            }
        });
        Assert.Contains("apt-get install ffmpeg", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FFmpeg_that_is_killed_in_mid_stream_is_started_again_and_no_frame_is_missing_or_duplicated()
    {
        TestVideo.Write(_folder["a.mkv"], Enumerable.Range(0, 1200).Select(i => TestVideo.Picture(i)), 10);
        var times = new List<double>();
        var codes = new List<string>();
        await using var source = new VideoSource(new VideoSourceOptions { Files = ["a.mkv"], StartTime = "2026-03-01T08:00:00Z" }, Context);
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, TestContext.Current.CancellationToken))
        {
            if (item.Notice is { } notice)
            {
                codes.Add(notice.Code);
            }

            if (item.Sample is { } frame)
            {
                times.Add((frame.Time - TestVideo.Start).TotalSeconds);
                frame.Dispose();
                if (times.Count is 20 or 600)
                {
                    // More than the pipe holds is still to come: FFmpeg waits for us. What the pipe holds is still read.
                    ChildProcesses.Kill(_folder["a.mkv"]);
                }
            }
        }

        Assert.Equal(["restarted", "restarted"], codes);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => i / 10.0), times);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(List<Frame> Frames, List<SourcePosition> Positions)> ReadAsync(
        VideoSourceOptions options, SourcePosition? after = null, List<StreamNotice>? notices = null)
    {
        var frames = new List<Frame>();
        var positions = new List<SourcePosition>();
        await using var source = new VideoSource(options, Context);
        await foreach (SourceItem<Frame> item in source.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            if (item.Sample is { } frame)
            {
                frames.Add(frame);
                positions.Add(item.Next);
            }
            else
            {
                notices?.Add(item.Notice!);
            }
        }

        return (frames, positions);
    }
}
