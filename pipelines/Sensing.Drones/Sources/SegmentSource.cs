using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Drones.Sources;

/// <summary>Segments of one or more drones from pictures and videos, in order of time; each drone at a phase of its
/// own.</summary>
/// <remarks>The frame is read before the segment is due, so that reading takes nothing from its deadline.</remarks>
public sealed class SegmentSource(SegmentSourceOptions options, StreamContext context) : ISource<DroneSegment>
{
    private static readonly string[] Videos = [".mp4", ".mkv", ".avi", ".mov", ".m4v", ".webm"];

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<DroneSegment>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<string>[] files = [.. options.Drones.Select(Files)];
        (DateTimeOffset start, long next) = after is { } position && !options.Live ? Parse(position) : (Start(), 0);
        long longest = options.Repeat ? long.MaxValue / files.Length : files.Max(list => list.Count);
        ImageDecoder[] decoders = [.. files.Select(_ => new ImageDecoder(options.WorkWidth))];
        try
        {
            for (; next < longest * files.Length; next++)
            {
                cancellation.ThrowIfCancellationRequested();
                (long number, long drone) = Math.DivRem(next, files.Length);
                IReadOnlyList<string> own = files[drone];
                if (!options.Repeat && number >= own.Count)
                {
                    continue;
                }

                DateTimeOffset time = start.AddTicks(
                    (long)Math.Round((number + ((double)drone / files.Length)) * options.PeriodSeconds * TimeSpan.TicksPerSecond));
                string path = own[(int)(number % own.Count)];
                (Frame? frame, string? problem) = await ReadAsync(path, time, decoders[drone], cancellation).ConfigureAwait(false);
                if (options.Live && time - context.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
                }

                var following = new SourcePosition(string.Create(CultureInfo.InvariantCulture, $"segment|{start.UtcTicks}|{next + 1}"));
                yield return frame is null
                    ? SourceItem<DroneSegment>.Of(CameraNotices.Warning(
                        "damaged", path, null, $"{problem} The segment is skipped.", "Check the file, or remove it from the folder."), time, following)
                    : SourceItem<DroneSegment>.Of(new DroneSegment(options.Drones[drone].Name, number, time, frame), following);
            }
        }
        finally
        {
            foreach (ImageDecoder decoder in decoders)
            {
                decoder.Dispose();
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IReadOnlyList<string> Files(DroneFeedOptions drone)
    {
        IReadOnlyList<(string Name, string Path)> found = RecordingFiles.Find(drone.Files, context.BaseDirectory, NumericOrder.Instance);
        return found.FirstOrDefault(file => !File.Exists(file.Path)) is { Path: { } missing }
            ? throw new SourceException(missing, null, "There is no such file.", "Check the path.")
            : [.. found.Select(file => file.Path)];
    }

    private async Task<(Frame? Frame, string? Problem)> ReadAsync(
        string path, DateTimeOffset time, ImageDecoder decoder, CancellationToken cancellation)
    {
        if (!Videos.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            Frame? picture = decoder.Read(path, time, out string? problem);
            return (picture, problem);
        }

        var video = new VideoSourceOptions
        {
            Files = [path],
            WorkWidth = options.WorkWidth,
            Audio = false,
            StartTime = time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        };
        try
        {
            var source = new VideoSource(video, context);
            await using (source.ConfigureAwait(false))
            {
                await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation).ConfigureAwait(false))
                {
                    if (item.Sample is { } frame)
                    {
                        return (frame, null);
                    }
                }
            }
        }
        catch (SourceException error)
        {
            return (null, error.Message);
        }

        return (null, "It holds no frame that can be read.");
    }

    private DateTimeOffset Start() => options.Live ? context.Time.GetUtcNow()
        : RecordingStart.Parse(options.StartTime) ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static (DateTimeOffset Start, long Next) Parse(SourcePosition position) =>
        position.Value.Split('|') is ["segment", var start, var next]
        && long.TryParse(start, CultureInfo.InvariantCulture, out long ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
        && long.TryParse(next, CultureInfo.InvariantCulture, out long number) && number >= 0
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), number)
            : throw new SourceException(
                position.Value, null, "This saved position is not one of drones' segments.", "Delete the stream's checkpoint to start from the beginning.");
}
