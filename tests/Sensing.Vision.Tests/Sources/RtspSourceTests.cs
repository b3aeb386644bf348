using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Vision.Tests.Sources;

/// <summary>Against a real RTSP server.</summary>
[TimeLimit(minutes: 4, reason: "Starts GStreamer and FFmpeg several times.")]
public sealed class RtspSourceTests
{
    [Fact]
    public async Task A_camera_that_is_killed_in_mid_stream_and_comes_back_is_read_again_and_its_neighbour_notices_nothing()
    {
        await RtspServer.RequireAsync();
        await using var server = new RtspServer();
        await using var neighbourServer = new RtspServer();
        await server.StartAsync();
        await neighbourServer.StartAsync();
        await using var camera = Read(server.Url);
        await using var neighbour = Read(neighbourServer.Url);
        await camera.FramesAsync(10);
        await neighbour.FramesAsync(10);

        await server.KillAsync();
        StreamNotice away = await camera.NoticeAsync();
        Assert.Equal(("away", server.Url), (away.Code, away.Input));
        Assert.StartsWith("The camera is lost: ", away.Message, StringComparison.Ordinal);

        // The clock stands still; the frames keep the spacing of the stream, so that the last one is some seconds later.
        Assert.StartsWith("after 2026-03-01T08:00:0", away.Position, StringComparison.Ordinal);

        // The neighbour's frames come without a notice, while the camera is away and when it is back.
        await neighbour.FramesAsync(30);

        // Failures in a row: the first wait is 1 s and a quarter at most, then twice that.
        camera.Time.Advance(TimeSpan.FromSeconds(1.25));
        await server.StartAsync();
        StreamNotice gap = await camera.NoticeAfterTimeAsync();
        Assert.Equal(("gap", server.Url), (gap.Code, gap.Input));
        Assert.EndsWith(": the camera was away.", gap.Message, StringComparison.Ordinal);
        await camera.FramesAsync(10);
        await neighbour.FramesAsync(30);
    }

    [Fact]
    public async Task A_camera_that_hangs_is_killed_by_the_watchdog()
    {
        await RtspServer.RequireAsync();
        await using var server = new RtspServer();
        await server.StartAsync();
        await using var camera = Read(server.Url);
        await camera.FramesAsync(5);

        server.Suspend();
        StreamNotice away = await camera.NoticeAfterTimeAsync(stepSeconds: 61);
        Assert.Equal("The camera is lost: no picture for 60 s. It is tried again until it is back.", away.Message);

        server.Resume();
        Assert.Equal("gap", (await camera.NoticeAfterTimeAsync()).Code);
        await camera.FramesAsync(5);
    }

    [Fact]
    public async Task Frames_have_the_streams_spacing_and_the_sound_is_contiguous_with_them()
    {
        await RtspServer.RequireAsync();
        await using var server = new RtspServer(sound: true);
        await server.StartAsync();
        await using var camera = Read(server.Url, clock: TimeProvider.System);
        var times = new List<DateTimeOffset>();
        int samples = 0, crossings = 0;
        short before = 0;
        for (int i = 0; i < 60; i++)
        {
            using Frame frame = await camera.FrameAsync();
            Assert.Equal((320, 240, 320, 240), (frame.Width, frame.Height, frame.CameraWidth, frame.CameraHeight));
            times.Add(frame.Time);
            if (i < 15 || frame.Sound is not { } sound)
            {
                continue;
            }

            Assert.Equal(16_000, sound.Rate);
            samples += sound.Samples.Length;
            foreach (short sample in sound.Samples.Span)
            {
                crossings += before < 0 && sample >= 0 ? 1 : 0;
                before = sample;
            }
        }

        double[] steps = [.. times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds)];
        Assert.All(steps, step => Assert.True(step > 0));
        Assert.Equal(1 / 15.0, steps.Order().ElementAt(steps.Length / 2), 0.005);
        Assert.Equal(3.0, samples / 16_000.0, 0.5);
        Assert.Equal(440, crossings / (samples / 16_000.0), 5.0);
    }

    [Fact]
    public async Task A_camera_that_is_away_from_the_start_is_reported_once_and_read_as_soon_as_it_is_there()
    {
        await RtspServer.RequireAsync();
        await using var server = new RtspServer();
        SourcePosition position;
        await using (var first = Read(server.Url))
        {
            StreamNotice away = await first.NoticeAsync();
            Assert.StartsWith("The camera cannot be opened: ", away.Message, StringComparison.Ordinal);
            Assert.Contains("refused", away.Message, StringComparison.Ordinal);
            position = first.Position;
        }

        await using var again = Read(server.Url, position);
        await server.StartAsync();
        Assert.Equal("returned", (await again.NoticeAfterTimeAsync()).Code);
        await again.FramesAsync(3);
    }

    [Fact]
    public async Task Cancellation_ends_a_camera_that_is_away()
    {
        await using var camera = Read("rtsp://127.0.0.1:1/cam");
        await camera.NoticeAsync();
        Assert.IsAssignableFrom<OperationCanceledException>(await camera.CancelAsync());
    }

    [Fact]
    public async Task Credentials_are_in_no_notice()
    {
        await using var camera = Read("rtsp://operator:s3cret@127.0.0.1:1/cam?token=t0ken");
        StreamNotice away = await camera.NoticeAsync();
        Assert.Equal("rtsp://127.0.0.1:1/cam", away.Input);
        string all = away.Input + away.Message + away.Position + away.Remedy;
        Assert.DoesNotContain("s3cret", all, StringComparison.Ordinal);
        Assert.DoesNotContain("operator", all, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_position_of_another_source_is_refused_with_a_remedy()
    {
        await using var camera = Read("rtsp://127.0.0.1:1/cam", new SourcePosition("video1|0|0|0|0|0|x"));
        SourceException error = await Assert.ThrowsAsync<SourceException>(camera.NoticeAsync);
        Assert.Contains("Delete the stream's checkpoint", error.Message, StringComparison.Ordinal);
    }

    private static CameraReading Read(string url, SourcePosition? after = null, TimeProvider? clock = null) =>
        new(context => new RtspSource(new RtspSourceOptions { Url = url, TimeoutSeconds = 60 }, context), after, clock);
}
