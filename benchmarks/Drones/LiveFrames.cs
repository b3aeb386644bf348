using Sensing.Drones;
using Sensing.Drones.Sources;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Drones;

/// <summary>The frames of a folder, in memory, as the source of segments reads them.</summary>
internal static class LiveFrames
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".mp4", ".mkv", ".avi", ".mov"];

    public static async Task<Frame[]> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            throw new MeasureException($"{folder} does not exist: name a folder of frames with --frames DIR.");
        }

        string[] files = [.. Directory.EnumerateFiles(Path.GetFullPath(folder)).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new MeasureException($"{folder} holds no frames: {string.Join(", ", Endings)} are read.");
        }

        var context = new StreamContext(new StreamAddress("bench", "bench", "drone"), TimeProvider.System, "/");
        await using var source = new SegmentSource(
            new SegmentSourceOptions { Drones = [new DroneFeedOptions { Name = "drone", Files = files }], Live = false }, context);
        var frames = new List<Frame>();
        await foreach (SourceItem<DroneSegment> item in source.ReadAsync(null, cancellation))
        {
            if (item.Sample is { } segment)
            {
                frames.Add(segment.Frame);
            }
        }

        return frames.Count > 0 ? [.. frames] : throw new MeasureException($"{folder} holds no frame that can be read.");
    }
}
