using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules.SiteEvents;
using Sensing.Streams;

namespace Sensing.EdgeNode.Tests.SiteStreams;

public class SiteEventSourceTests
{
    private static readonly StreamAddress North = new("site", "camera-1", "north");

    private readonly FakeTimeProvider _time = new(EventMaker.Noon);
    private readonly Sensing.EdgeNode.Streams.SiteEvents _site = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chosen_streams_of_the_site_are_read_in_order_of_time()
    {
        await using IAsyncEnumerator<SourceItem<SiteEvent>> items = Open(new SiteEventSourceOptions { Streams = ["camera-1/north"] });
        ValueTask<bool> first = items.MoveNextAsync();
        _site.Publish(
        [
            EventMaker.Event(5, stream: North), EventMaker.Event(6, stream: new StreamAddress("site", "camera-2", "north")),
            EventMaker.Event(7, stream: new StreamAddress("elsewhere", "camera-1", "north")), EventMaker.Event(3, stream: North),
        ]);
        Assert.True(await first);
        Assert.Equal((5, EventMaker.Noon.AddSeconds(5)), Of(items.Current));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal((3, EventMaker.Noon.AddSeconds(5)), Of(items.Current));
    }

    [Fact]
    public async Task A_tick_comes_each_second_where_no_event_does()
    {
        await using IAsyncEnumerator<SourceItem<SiteEvent>> items = Open(new SiteEventSourceOptions());
        for (int second = 1; second <= 3; second++)
        {
            ValueTask<bool> next = items.MoveNextAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await next);
            Assert.Null(items.Current.Sample!.Event);
            Assert.Equal(EventMaker.Noon.AddSeconds(second), items.Current.Time);
        }
    }

    [Fact]
    public async Task A_position_of_another_source_is_refused_with_a_remedy()
    {
        var source = new SiteEventSource([NodeEvents.Notice.Name], new SiteEventSourceOptions(), Context);
        SourceException error = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            await foreach (SourceItem<SiteEvent> _ in source.ReadAsync(new SourcePosition("something|else"), Cancellation))
            {
            }
        });
        Assert.Contains("Delete the stream's checkpoint", error.Message, StringComparison.Ordinal);
    }

    private StreamContext Context => new(new StreamAddress("site", "junction", "signals"), _time, ".") { SiteEvents = _site };

    private IAsyncEnumerator<SourceItem<SiteEvent>> Open(SiteEventSourceOptions options) =>
        new SiteEventSource([NodeEvents.Notice.Name], options, Context).ReadAsync(null, Cancellation).GetAsyncEnumerator(Cancellation);

    private static (long Number, DateTimeOffset Time) Of(SourceItem<SiteEvent> item) => (EventMaker.Number(item.Sample!.Event!), item.Time);
}
