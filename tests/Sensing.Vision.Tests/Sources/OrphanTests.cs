using System.Globalization;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Testing;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Vision.Tests.Sources;

/// <summary>FFmpeg does not outlive the process that started it.</summary>
[TimeLimit(minutes: 3, reason: "Starts the test program a second time.")]
public sealed class OrphanTests
{
    private const string Variable = "SENSING_TEST_HELD_VIDEO";

    [Fact]
    public async Task FFmpeg_is_killed_with_its_parent_even_while_nothing_is_read()
    {
        Assert.SkipUnless(Programs.Find("setpriv") is not null, "Needs setpriv (util-linux).");
        using var folder = new TemporaryFolder();
        string video = folder["held.mkv"];
        TestVideo.Write(video, Enumerable.Range(0, 600).Select(i => TestVideo.Picture(i)));
        await using ProgramProcess holder = ProgramProcess.Start(
            "Sensing.Vision.Tests", ["-explicit", "only", "-method", "*" + nameof(Holds_a_camera_until_it_is_killed), "-showLiveOutput"],
            new Dictionary<string, string> { [Variable] = video });
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        List<int> children;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            Assert.False(holder.HasExited, holder.Output);
            children = ChildProcesses.Find("pipe:1", holder.Id);
        }
        while (children.Count == 0);

        holder.Kill();
        int ffmpeg = Assert.Single(children);
        while (ChildProcesses.Runs(ffmpeg))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    /// <summary>The other process of the test above.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_a_camera_until_it_is_killed()
    {
        string video = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Set {Variable}."));
        var context = new StreamContext(new StreamAddress("site", "node", "camera"), TimeProvider.System, "/");
        await using var source = new VideoSource(new VideoSourceOptions { Files = [video] }, context);
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, TestContext.Current.CancellationToken))
        {
            item.Sample?.Dispose();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
