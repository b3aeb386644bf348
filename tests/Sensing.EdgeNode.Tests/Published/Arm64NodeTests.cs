using System.Text.Json.Nodes;
using Sensing.Testing;
using Sensing.TrafficCamera;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Sensing.Vision.Video;

namespace Sensing.EdgeNode.Tests.Published;

/// <summary>The node published for a Pi or a Jetson, under an emulator of their processor.</summary>
[Collection(PublishedNodeFixture.OneAtATime)]
public sealed class Arm64NodeTests
{
    private const string Emulator = "qemu-aarch64-static";

    /// <summary>Where Debian's cross compiler keeps the C library of that processor.</summary>
    private const string CrossLibraries = "/usr/aarch64-linux-gnu";

    /// <summary>Where <c>./test</c> puts what Debian's cross packages lack.</summary>
    private static readonly string OpenSsl = Path.Combine(Repository.Root, "artifacts", "arm64", "usr", "lib", "aarch64-linux-gnu");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [TimeLimit(minutes: 8, reason: "It compiles the node for another processor and emulates it.")]
    public async Task A_recorded_clip_gives_the_same_events_as_on_x64()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("CI") is not null, ".ci/run has a limit of time, and this takes four minutes: run ./test.");
        Assert.SkipWhen(PublishedNode.MissingForArm64 is not null, PublishedNode.MissingForArm64 ?? "");
        Assert.SkipWhen(Programs.Find(Emulator) is null, $"{Emulator} is not installed (Debian: qemu-user-static).");
        Assert.SkipUnless(Directory.Exists(OpenSsl), $"{OpenSsl} does not exist: ./test fetches OpenSSL for arm64.");
        using var folder = new TemporaryFolder();
        WriteClip(folder["junction.mp4"]);
        JsonObject setUp = new TrafficModule().Demos[0].Options();
        // The JPEG library rounds differently on either processor.
        Assert.True(setUp.Remove("snapshots"));
        await File.WriteAllTextAsync(folder["north.json"], setUp.ToJsonString(), Cancellation);

        string arm64 = await PublishedNode.PublishAsync("linux-arm64", folder["arm64"], Cancellation);
        await using (ProgramProcess compiled = ProgramProcess.Start("edge-node", Replay(folder, "expected")))
        {
            await compiled.SucceedAsync(Cancellation);
        }

        await using (ProgramProcess emulated = ProgramProcess.StartCommand(
            [Emulator, "-L", CrossLibraries, "-E", $"LD_LIBRARY_PATH={OpenSsl}", arm64, .. Replay(folder, "found")]))
        {
            await emulated.SucceedAsync(Cancellation);
        }

        string[] expected = await File.ReadAllLinesAsync(folder["expected"], Cancellation);
        Assert.Contains(expected, line => line.Contains("sensing.traffic.count.v1", StringComparison.Ordinal));
        Assert.Contains(expected, line => line.Contains("sensing.traffic.approach.v1", StringComparison.Ordinal));
        Assert.Equal(expected, await File.ReadAllLinesAsync(folder["found"], Cancellation));
    }

    private static void WriteClip(string path)
    {
        using var scene = new TrafficScene(ScenePresets.ApproachSouth with { FramesPerSecond = 10, VehiclesPerHour = 1200 });
        using var writer = new VideoWriter(path, scene.Options.FramesPerSecond);
        for (int i = 0; i < 200; i++)
        {
            using Frame frame = scene.Next();
            writer.Write(frame);
        }

        writer.Complete();
    }

    private static string[] Replay(TemporaryFolder folder, string output) =>
        ["replay", folder["junction.mp4"], "--pipeline", "traffic", "--config", folder["north.json"], "--out", folder[output]];
}
