using Sensing.Testing.Conformance;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Tests.Synthetic;

/// <summary>Small pictures of synthetic roads, quick to draw.</summary>
internal static class SmallScene
{
    public static SceneOptions Options { get; } = new()
    {
        Width = 160,
        Height = 90,
        FramesPerSecond = 10,
        Seed = 5,
        VehiclesPerHour = 700,
    };

    public static SourceUnderTest<Frame> Source()
    {
        var options = SyntheticSourceOptions.From(Options) with { DurationSeconds = 6 };
        using var scene = new TrafficScene(options);
        return new SourceUnderTest<Frame>
        {
            Open = test => new SyntheticSource(options, test.Context),
            OpenAbsent = test => new SyntheticSource(options with { StartTime = "absent" }, test.Context),
            Readings = frame => [Reading(frame)],
            Expected = [.. Enumerable.Range(0, 60).Select(_ => Next(scene))],
        };
    }

    /// <summary>Every byte of the picture and every sample of the sound.</summary>
    public static TimedValues Reading(Frame frame) => new(
        frame.Time,
        [.. frame.Raw.ToArray().Select(value => (double)value), .. frame.Sound!.Samples.ToArray().Select(value => (double)value)]);

    private static TimedValues Next(TrafficScene scene)
    {
        using Frame frame = scene.Next();
        return Reading(frame);
    }
}
