using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Tests.Streams;

public class SiteEventsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_its_types_in_order_and_no_others()
    {
        var site = new SiteEvents();
        await using IAsyncEnumerator<SensorEvent> reader = site.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);
        SensorEvent other = EventMaker.Event(7);
        site.Publish([EventMaker.Event(0), new SensorEvent(other.Id, other.Source, NodeEvents.Status.Name.ToString(), other.Time, other.Priority, other.Data)]);
        site.Publish([EventMaker.Event(1)]);

        Assert.Equal([0, 1], await TakeAsync(reader, 2));
    }

    [Fact]
    public async Task A_reader_that_is_slow_loses_the_oldest_and_nobody_waits_for_it()
    {
        var site = new SiteEvents();
        await using IAsyncEnumerator<SensorEvent> slow = site.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);
        site.Publish(EventMaker.Events(0, 3000));

        IReadOnlyList<long> kept = await TakeAsync(slow, 1024);
        Assert.Equal(Enumerable.Range(3000 - 1024, 1024).Select(number => (long)number), kept);
    }

    [Fact]
    public async Task What_is_read_is_known_until_its_reader_ends()
    {
        var site = new SiteEvents();
        int changes = 0;
        site.Changed += () => changes++;
        Assert.Empty(site.Types);
        IAsyncEnumerator<SensorEvent> reader = site.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);
        site.Publish([EventMaker.Event(0)]);
        await reader.MoveNextAsync();
        Assert.Equal([NodeEvents.Notice.Name], site.Types);
        await reader.DisposeAsync();

        Assert.Empty(site.Types);
        Assert.Equal(2, changes);
    }

    private static async Task<IReadOnlyList<long>> TakeAsync(IAsyncEnumerator<SensorEvent> reader, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count && await reader.MoveNextAsync())
        {
            numbers.Add(EventMaker.Number(reader.Current));
        }

        return numbers;
    }
}
