using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Marine.Synthetic;

/// <summary>A synthetic voyage, as a recording or as instruments.</summary>
public sealed class SyntheticSource(SyntheticSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    private const string Version = "voyage1";

    private static readonly DateTimeOffset DefaultEpoch = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (DateTimeOffset epoch, long second, int taken) = after is { } position ? Parse(position) : (StartTime(), 0, 0);
        var voyage = new SyntheticVoyage(options, epoch);
        if (options.Live && after is not null)
        {
            long now = (long)(context.Time.GetUtcNow() - epoch).TotalSeconds;
            if (now - second > 1)
            {
                // Instruments do not wait for a node that was away.
                DateTimeOffset from = epoch.AddSeconds(second), to = epoch.AddSeconds(now);
                (second, taken) = (now, 0);
                yield return SourceItem<NmeaLine>.Of(Away(from, to), to, PositionOf(epoch, second, 0));
            }
        }

        // Instruments' own time passes evenly, whatever the node's clock is set to, and they do not wait where it was set back.
        DateTimeOffset wall = Later(context.Time.GetUtcNow(), epoch.AddSeconds(second));
        long begun = context.Time.GetTimestamp();
        for (double end = options.DurationSeconds ?? double.MaxValue; second < end; second++, taken = 0)
        {
            IReadOnlyList<NmeaLine> lines = voyage.Read(second);
            for (; taken < lines.Count; taken++)
            {
                TimeSpan wait = options.Live ? lines[taken].Time - (wall + context.Time.GetElapsedTime(begun)) : TimeSpan.Zero;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
                }

                cancellation.ThrowIfCancellationRequested();
                yield return SourceItem<NmeaLine>.Of(lines[taken], PositionOf(epoch, second, taken + 1));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static StreamNotice Away(DateTimeOffset from, DateTimeOffset to) => new()
    {
        Code = "gap",
        Severity = NoticeSeverity.Warning,
        Message = FormattableString.Invariant(
            $"{(to - from).TotalSeconds:0.#} s are missing, from {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: the node was not running."),
        Remedy = "Nothing to do; keep the node running.",
    };

    private DateTimeOffset StartTime() => options.StartTime is not { } text
        ? options.Live ? context.Time.GetUtcNow() : DefaultEpoch
        : EventTime.TryParse(text, out DateTimeOffset time) ? time
        : throw new SourceException("synthetic", "startTime", $"'{text}' is not an ISO 8601 time.", "Write it as 2026-01-01T00:00:00Z.");

    private static SourcePosition PositionOf(DateTimeOffset epoch, long second, int taken) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Version}|{epoch.UtcTicks}|{second}|{taken}"));

    private static (DateTimeOffset Epoch, long Second, int Taken) Parse(SourcePosition position) =>
        position.Value.Split('|') is [Version, var epoch, var second, var taken]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && int.TryParse(taken, NumberStyles.None, CultureInfo.InvariantCulture, out int lines)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), seconds, lines)
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a synthetic voyage.", "Delete the stream's checkpoint to start from the beginning.");
}
