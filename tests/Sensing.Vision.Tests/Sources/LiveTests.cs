using CsCheck;
using Sensing.Vision.Sources.Ffmpeg;
using Sensing.Vision.Sources.Live;

namespace Sensing.Vision.Tests.Sources;

/// <summary>The parts of live cameras that need no camera.</summary>
public sealed class LiveTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Waits_double_up_to_the_bound_vary_by_a_quarter_and_begin_anew_after_a_success() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[10, 100], Gen.String).Sample((first, most, name) =>
        {
            var backoff = new Backoff(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(most), name);
            for (int i = 0; i < 40; i++)
            {
                double plain = Math.Min(first * Math.Pow(2, i), most);
                Assert.InRange(backoff.Next().TotalSeconds, (0.75 * plain) - 1e-6, (1.25 * plain) + 1e-6);
            }

            backoff.Reset();
            Assert.InRange(backoff.Next().TotalSeconds, (0.75 * first) - 1e-6, (1.25 * first) + 1e-6);
        });

    [Fact]
    public void Cameras_of_a_site_do_not_retry_at_once() => Assert.NotEqual(
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), "one").Next(),
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), "two").Next());

    [Fact]
    public void Times_keep_the_streams_spacing_whatever_the_network_delays()
    {
        var clock = new LiveClock(null);
        var random = new Random(5);
        var taken = new List<DateTimeOffset>();
        for (int i = 0; i < 1000; i++)
        {
            TimeSpan pts = TimeSpan.FromSeconds(100 + (i / 25.0));
            taken.Add(clock.TimeOf(pts, Start.AddSeconds((i / 25.0) + (0.2 * random.NextDouble()))));
        }

        // Once the least delayed frames are known: spaced by 40 ms within a fiftieth, and never later than they arrived.
        for (int i = 501; i < 1000; i++)
        {
            Assert.Equal(0.04, (taken[i] - taken[i - 1]).TotalSeconds, 0.00081);
            Assert.InRange((taken[i] - Start).TotalSeconds - (i / 25.0), 0, 0.1);
        }
    }

    [Fact]
    public void A_backlog_at_the_beginning_keeps_its_spacing()
    {
        // Two seconds of frames waited for the opening and come at once; the others come as they are taken.
        var clock = new LiveClock(null);
        DateTimeOffset[] taken = [.. Enumerable.Range(0, 3000).Select(i =>
            clock.TimeOf(TimeSpan.FromSeconds(100 + (i / 25.0)), Start.AddSeconds(Math.Max(2, i / 25.0))))];

        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.Equal(0.04, (pair.Second - pair.First).TotalSeconds, 0.00081));
        Assert.Equal(2, (taken[0] - Start).TotalSeconds, 0.001);
        Assert.Equal(0, (taken[^1] - Start).TotalSeconds - (2999 / 25.0), 0.001);
    }

    [Fact]
    public void Times_never_go_backwards_and_follow_a_clock_that_jumps() =>
        Gen.Select(Gen.Double[-1000, 1000], Gen.Double[0, 3]).Array[1, 50].Sample(steps =>
        {
            var clock = new LiveClock(Start);
            DateTimeOffset last = Start, arrival = Start;
            foreach ((double pts, double later) in steps)
            {
                arrival = arrival.AddSeconds(later);
                DateTimeOffset time = clock.TimeOf(TimeSpan.FromSeconds(pts), arrival);
                Assert.True(time > last);
                Assert.True(time <= arrival.AddSeconds(5) || time - last < TimeSpan.FromMilliseconds(1));
                last = time;
            }
        });

    [Fact]
    public void Sound_is_contiguous_gaps_are_silent_and_overlaps_dropped()
    {
        var track = new SoundTrack(1000);
        track.Add(0, Bytes(1, 2, 3, 4));
        Assert.Equal([1, 2], track.Take(2)!.Samples.ToArray());
        track.Add(6, Bytes(7, 8));
        track.Add(7, Bytes(70, 9));
        Assert.Equal([3, 4, 0, 0, 7, 8, 9], track.Take(100)!.Samples.ToArray());
        Assert.Null(track.Take(200));
    }

    [Fact]
    public void Sound_that_frames_hold_is_never_overwritten() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400]).Array[1, 100].Sample(steps =>
        {
            var track = new SoundTrack(1000);
            var taken = new List<short>();
            var held = new List<ReadOnlyMemory<short>>();
            int written = 0, read = 0;
            foreach ((int add, int take) in steps)
            {
                track.Add(written, Bytes([.. Enumerable.Range(written, add).Select(i => (short)i)]));
                written += add;
                read = Math.Max(read, Math.Min(written, read + take));
                if (track.Take(read) is { } sound)
                {
                    held.Add(sound.Samples);
                }
            }

            held.ForEach(piece => taken.AddRange(piece.ToArray()));

            // Nothing is kept longer than 20 s.
            Assert.True(written - read <= 20_000 ? taken.SequenceEqual(Enumerable.Range(0, taken.Count).Select(i => (short)i)) : taken.Count <= read);
        });

    [Theory]
    [InlineData("rtsp://user:pa@ss@host:554/a?key=1: Connection refused", "rtsp://host:554/a: Connection refused")]
    [InlineData("Error opening 'http://u:p@h/x?token=abc': 401", "Error opening 'http://h/x': 401")]
    [InlineData("no address at all", "no address at all")]
    public void Credentials_are_taken_out_of_texts(string text, string expected) => Assert.Equal(expected, ErrorLines.WithoutCredentials(text));

    [Fact]
    public void Error_lines_are_counted_and_bounded()
    {
        var lines = new ErrorLines();
        for (int i = 0; i < 1000; i++)
        {
            lines.Take($"[h264 @ 0x5581] error {i} {new string('x', 5000)}\n");
        }

        Assert.Equal(1000, lines.Count);
        Assert.StartsWith("error 0 x", lines.First, StringComparison.Ordinal);
        Assert.StartsWith("error 999 x", lines.Last, StringComparison.Ordinal);
        Assert.InRange(lines.Text.Length, 1, 3000);
    }

    [Theory]
    [InlineData(1280, 720, 640, 640, 360)]
    [InlineData(1920, 1080, 640, 640, 360)]
    [InlineData(960, 540, 640, 640, 360)]
    [InlineData(320, 240, 640, 320, 240)]
    [InlineData(2560, 1920, 640, 640, 480)]
    [InlineData(1279, 719, 640, 640, 360)]
    [InlineData(321, 241, 640, 320, 240)]
    public void The_working_size_keeps_the_aspect_ratio_and_is_even(int width, int height, int work, int toWidth, int toHeight) =>
        Assert.Equal((toWidth, toHeight), DecodeRequest.WorkSize(width, height, work));

    private static byte[] Bytes(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];
}
