using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Modules.SiteEvents;

/// <summary>Events of the site's other streams as they are made, and a tick each second, so that a pipeline notices when they stay away.</summary>
/// <param name="types">Types that the pipeline reads.</param>
/// <param name="options">Streams to read.</param>
/// <param name="context">Site, clock and the events.</param>
public sealed class SiteEventSource(IReadOnlyCollection<EventTypeName> types, SiteEventSourceOptions options, StreamContext context) : ISource<SiteEvent>
{
    private const string Position = "site|live";

    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _streams = [.. options.Streams];

    public SourceBehaviour Behaviour => SourceBehaviour.Live;

    public async IAsyncEnumerable<SourceItem<SiteEvent>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (after is { } position && position.Value != Position)
        {
            throw new SourceException(
                position.Value, null, "This saved position is not one of a site source.", "Delete the stream's checkpoint to start from the present.");
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var items = Channel.CreateBounded<SensorEvent?>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
        Task reading = ReadAsync(items.Writer, end.Token);
        using ITimer tick = context.Time.CreateTimer(_ => items.Writer.TryWrite(null), null, TickEvery, TickEvery);
        DateTimeOffset last = DateTimeOffset.MinValue;
        try
        {
            await foreach (SensorEvent? made in items.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                // Events of several cameras come a little out of order.
                DateTimeOffset time = made?.Time ?? context.Time.GetUtcNow();
                last = time > last ? time : last;
                yield return SourceItem<SiteEvent>.Of(new SiteEvent(made, last), new SourcePosition(Position));
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task ReadAsync(ChannelWriter<SensorEvent?> items, CancellationToken cancellation)
    {
        await foreach (SensorEvent made in context.SiteEvents.ReadAsync(types, cancellation).ConfigureAwait(false))
        {
            if (made.Source.Site == context.Address.Site
                && (_streams.Count == 0 || _streams.Contains($"{made.Source.Node}/{made.Source.Stream}")))
            {
                items.TryWrite(made);
            }
        }
    }
}
