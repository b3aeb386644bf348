using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A synthetic scene, as a recording or as a camera.</summary>
/// <remarks>A position holds the traffic's state, about 3 kB: the scene resumes in the middle of a queue.</remarks>
public sealed class SyntheticSource(SyntheticSourceOptions options, StreamContext context) : ISource<Frame>
{
    private const string Version = "scene1";

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<Frame>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (DateTimeOffset epoch, byte[]? saved) = after is { } position ? Parse(position) : (StartTime(), null);
        await using FollowedSignal? followed = options is { Live: true, FollowGroup: { } group }
            ? new FollowedSignal(group, context, epoch, cancellation)
            : null;
        using var scene = new TrafficScene(options, epoch, followed is null ? null : followed.At);
        if (saved is not null)
        {
            Load(scene, saved, after!.Value);
        }

        long end = options.DurationSeconds is { } seconds
            ? (long)Math.Round(seconds * options.FramesPerSecond)
            : long.MaxValue;
        if (options.Live && saved is not null)
        {
            double behind = (context.Time.GetUtcNow() - scene.TimeOf(scene.Frames)).TotalSeconds;
            if (behind > 1)
            {
                // A camera does not wait for a node that was away. The traffic of the last two minutes is enough: what drove
                // before has left.
                DateTimeOffset from = scene.TimeOf(scene.Frames), to = context.Time.GetUtcNow();
                scene.Resume(to);
                yield return SourceItem<Frame>.Of(Away(from, to), scene.TimeOf(scene.Frames), PositionOf(scene));
            }
        }

        // A camera's own time passes evenly, whatever the node's clock is set to, and it does not wait where that was set back.
        DateTimeOffset wall = context.Time.GetUtcNow(), next = scene.TimeOf(scene.Frames);
        wall = wall > next ? wall : next;
        long begun = context.Time.GetTimestamp();
        while (scene.Frames < end)
        {
            if (options.Live)
            {
                TimeSpan wait = scene.TimeOf(scene.Frames) - (wall + context.Time.GetElapsedTime(begun));
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
                }
            }

            cancellation.ThrowIfCancellationRequested();
            Frame frame = scene.Next();
            yield return SourceItem<Frame>.Of(frame, PositionOf(scene));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StreamNotice Away(DateTimeOffset from, DateTimeOffset to) => new()
    {
        Code = "gap",
        Severity = NoticeSeverity.Warning,
        Message = FormattableString.Invariant(
            $"{(to - from).TotalSeconds:0.#} s are missing, from {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}: the node was not running."),
        Remedy = "Nothing to do; keep the node running.",
    };

    private DateTimeOffset StartTime()
    {
        if (options.StartTime is not { } text)
        {
            return options.Live ? context.Time.GetUtcNow() : TrafficScene.DefaultEpoch;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new SourceException(
                "synthetic", "startTime", $"'{text}' is not an ISO 8601 time.", "Write it as 2026-01-01T00:00:00Z.");
    }

    private static SourcePosition PositionOf(TrafficScene scene)
    {
        using var buffer = new MemoryStream(1024);
        using (var writer = new BinaryWriter(buffer))
        {
            scene.Save(writer);
            writer.Flush();
            return new SourcePosition(string.Create(
                CultureInfo.InvariantCulture,
                $"{Version}|{scene.Epoch.UtcTicks}|{Convert.ToBase64String(buffer.GetBuffer(), 0, (int)buffer.Length)}"));
        }
    }

    private static void Load(TrafficScene scene, byte[] saved, SourcePosition position)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(saved));
            scene.Load(reader);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Foreign(position, e);
        }
    }

    private static (DateTimeOffset Epoch, byte[] Saved) Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|');
        if (parts.Length == 3 && parts[0] == Version
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks)
        {
            var saved = new byte[parts[2].Length];
            if (Convert.TryFromBase64String(parts[2], saved, out int length))
            {
                return (new DateTimeOffset(ticks, TimeSpan.Zero), saved[..length]);
            }
        }

        throw Foreign(position, null);
    }

    private static SourceException Foreign(SourcePosition position, Exception? inner) => new(
        position.Value.Length > 40 ? position.Value[..40] + "…" : position.Value,
        null,
        "This saved position does not belong to this synthetic scene.",
        "Delete the stream's checkpoint to start from the beginning.",
        inner);
}
