using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Modules.SiteEvents;

/// <summary>Events out of a file, one CloudEvent a line. A bad line is a notice, and the lines after it are read.</summary>
/// <param name="types">Types that the pipeline reads; events of others are passed over.</param>
/// <param name="options">The file.</param>
/// <param name="context">Folder that a relative path starts from.</param>
public sealed class EventFileSource(IReadOnlyCollection<EventTypeName> types, EventFileSourceOptions options, StreamContext context) : ISource<SiteEvent>
{
    private static readonly EventCatalogue AnyType = new();

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<SiteEvent>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (long done, DateTimeOffset last) = after is { } position ? Parse(position) : (0, DateTimeOffset.MinValue);
        string path = Path.GetFullPath(options.File, context.BaseDirectory);
        using StreamReader lines = Open(path);
        for (long number = 1; await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (number <= done || line.Length == 0)
            {
                continue;
            }

            if (!CloudEventJson.TryRead(Encoding.UTF8.GetBytes(line), AnyType, out SensorEvent? made, out string? problem))
            {
                yield return SourceItem<SiteEvent>.Of(Notice(path, number, $"The line is not an event: {problem}.", "Correct or delete it."), last, PositionOf(number, last));
            }
            else if (types.Contains(made.Type))
            {
                // Events of several streams are a little out of order.
                last = made.Time > last ? made.Time : last;
                yield return SourceItem<SiteEvent>.Of(new SiteEvent(made, last), PositionOf(number, last));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StreamNotice Notice(string path, long line, string message, string remedy) => new()
    {
        Code = "bad-line",
        Severity = NoticeSeverity.Warning,
        Message = message,
        Input = path,
        Position = $"line {line}",
        Remedy = remedy,
    };

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(path, null, error.Message, "Check the option 'file'.", error);
        }
    }

    private static SourcePosition PositionOf(long line, DateTimeOffset last) =>
        new(string.Create(CultureInfo.InvariantCulture, $"events|{line}|{last.UtcTicks}"));

    private static (long Line, DateTimeOffset Last) Parse(SourcePosition position) =>
        position.Value.Split('|') is ["events", var line, var ticks]
        && long.TryParse(line, CultureInfo.InvariantCulture, out long number)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out long last) && last >= 0 && last <= DateTimeOffset.MaxValue.Ticks
            ? (number, new DateTimeOffset(last, TimeSpan.Zero))
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a recording of events.", "Delete the stream's checkpoint to start from the beginning.");
}
