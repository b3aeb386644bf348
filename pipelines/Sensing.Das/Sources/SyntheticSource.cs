using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Das.Recordings;
using Sensing.Das.Synthetic;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>A synthetic fibre, as a recording or as a sensor.</summary>
public sealed class SyntheticSource(SyntheticSourceOptions options, StreamContext context) : ISource<DasBlock>
{
    private const string Version = "synthetic1";

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<DasBlock>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (DateTimeOffset epoch, long next) = after is { } position ? Parse(position) : (StartTime(), 0);
        var scenario = new SyntheticScenario(options, epoch);
        double timeStep = scenario.Geometry.TimeStepSeconds;
        int rows = Math.Max(1, (int)Math.Round(options.BlockSeconds / timeStep));
        long end = options.DurationSeconds is { } seconds ? (long)Math.Round(seconds / timeStep) : long.MaxValue;
        if (options.Live && after is not null)
        {
            long now = (long)((context.Time.GetUtcNow() - epoch).TotalSeconds / timeStep);
            if (next - now > rows)
            {
                // The clock was set back meanwhile: a sensor does not wait until it is where it was.
                DateTimeOffset expected = epoch.AddSeconds(next * timeStep);
                epoch = context.Time.GetUtcNow();
                scenario = new SyntheticScenario(options, epoch);
                next = 0;
                yield return SourceItem<DasBlock>.Of(
                    RecordingNotices.Backwards("synthetic", null, expected, epoch, "the fibre begins anew"), epoch, PositionOf(epoch, next));
            }
            else if (now - next > rows)
            {
                // A sensor does not wait for a node that was away.
                DateTimeOffset from = epoch.AddSeconds(next * timeStep);
                next = now / rows * rows;
                DateTimeOffset to = epoch.AddSeconds(next * timeStep);
                yield return SourceItem<DasBlock>.Of(RecordingNotices.Away(from, to), to, PositionOf(epoch, next));
            }
        }

        // A sensor's own time passes evenly, whatever the node's clock is set to.
        DateTimeOffset wall = context.Time.GetUtcNow();
        long begun = context.Time.GetTimestamp();
        while (next < end)
        {
            int count = (int)Math.Min(rows, end - next);
            if (options.Live)
            {
                TimeSpan wait = epoch.AddSeconds((next + count) * timeStep) - (wall + context.Time.GetElapsedTime(begun));
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
                }
            }

            cancellation.ThrowIfCancellationRequested();
            DasBlock block = scenario.Read(next, count);
            next += count;
            yield return SourceItem<DasBlock>.Of(block, PositionOf(epoch, next));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private DateTimeOffset StartTime() => options.StartTime is { } text
        ? RecordingTime.Parse(text) ?? throw new SourceException(
            "synthetic", "startTime", $"'{text}' is no ISO 8601 time.", "Write it as 2026-01-01T00:00:00Z.")
        : options.Live ? context.Time.GetUtcNow() : SyntheticScenario.DefaultEpoch;

    private static SourcePosition PositionOf(DateTimeOffset epoch, long next) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Version}|{epoch.UtcTicks}|{next}"));

    private static (DateTimeOffset Epoch, long Next) Parse(SourcePosition position)
    {
        string[] parts = position.Value.Split('|');
        return parts.Length == 3 && parts[0] == Version
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(parts[2], CultureInfo.InvariantCulture, out long next) && next >= 0
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), next)
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a synthetic source.", "Delete the stream's checkpoint to start from the beginning.");
    }
}
