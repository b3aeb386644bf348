using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Publishing;

/// <summary>What a node's streams read from other nodes of its site, through a real Mosquitto.</summary>
public class SiteSubscriptionTests
{
    private static readonly StreamAddress Other = new("site", "other", "camera");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_another_node_arrive_once_and_its_own_do_not()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation);
        var site = new SiteEvents();
        await using IAsyncEnumerator<SensorEvent> reader = site.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);
        await using var node = new PublisherFixture(new MqttOptions { Port = broker.Port }, "node", site);
        await using var other = new PublisherFixture(new MqttOptions { Port = broker.Port }, "other");
        node.Start();

        // A broker that passes an event on to somebody says so: the other node's first event leaves its outbox once the subscription is there.
        await other.AppendAsync(EventMaker.Event(0, stream: Other));
        other.Start();
        await other.WaitAsync((outbox, _) => outbox.Events == 0);
        var watching = new SiteEvents();
        await using IAsyncEnumerator<SensorEvent> watcher = watching.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);
        await using var third = new PublisherFixture(new MqttOptions { Port = broker.Port }, "third", watching);
        third.Start();
        await node.AppendAsync(EventMaker.Event(1));
        await watcher.MoveNextAsync();
        Assert.Equal(1, EventMaker.Number(watcher.Current));
        await other.AppendAsync(EventMaker.Event(3, stream: Other));

        var read = new List<(long, StreamAddress)>();
        while (read.Count < 2 && await reader.MoveNextAsync())
        {
            read.Add((EventMaker.Number(reader.Current), reader.Current.Source));
        }

        Assert.Equal([(0, Other), (3, Other)], read);
    }

    [Fact]
    public async Task A_stream_that_begins_to_read_later_is_served_and_after_a_lost_connection_again()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var proxy = new FaultProxy(broker.Port);
        var site = new SiteEvents();
        await using var node = new PublisherFixture(new MqttOptions { Port = proxy.Port }, "node", site);
        await using var other = new PublisherFixture(new MqttOptions { Port = broker.Port }, "other");
        node.Start();
        other.Start();
        await node.WaitAsync((_, publisher) => publisher.Connected);
        await using IAsyncEnumerator<SensorEvent> reader = site.ReadAsync([NodeEvents.Notice.Name], Cancellation).GetAsyncEnumerator(Cancellation);

        await other.AppendAsync(EventMaker.Event(0, stream: Other));
        await other.WaitAsync((outbox, _) => outbox.Events == 0);
        await reader.MoveNextAsync();
        Assert.Equal(0, EventMaker.Number(reader.Current));

        proxy.Cut();
        Task<bool> next = reader.MoveNextAsync().AsTask();
        for (int number = 1; !next.IsCompleted; number++)
        {
            // At most once: what is published while the node is away is not kept for it.
            await other.AppendAsync(EventMaker.Event(number, stream: Other));
            await other.WaitAsync((outbox, _) => outbox.Events == 0);
        }

        Assert.True(await next);
        Assert.Equal(Other, reader.Current.Source);
    }
}
