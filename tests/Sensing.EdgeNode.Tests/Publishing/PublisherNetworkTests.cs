using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Publishing;

/// <summary>A network that cuts, stalls and delays between publisher and broker.</summary>
public class PublisherNetworkTests
{
    private static readonly StreamAddress Other = new("site", "node", "other");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cut_again_and_again_every_event_arrives_and_each_stream_in_order(int seed)
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var proxy = new FaultProxy(broker.Port);
        var random = new Random(seed);
        int cutsLeft = 25;
        long untilCut = 20_000;
        proxy.Intercept = (_, data, _) =>
        {
            lock (random)
            {
                untilCut -= data.Length;
                if (untilCut > 0 || cutsLeft == 0)
                {
                    return ValueTask.FromResult<ReadOnlyMemory<byte>?>(data);
                }

                cutsLeft--;
                untilCut = random.Next(5_000, 60_000);
                return ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);
            }
        };
        await using var fixture = new PublisherFixture(new MqttOptions { Port = proxy.Port, MaxInFlight = 50 });
        await fixture.AppendAsync([.. Enumerable.Range(0, 3000).Select(n => EventMaker.Event(n, stream: n % 3 == 0 ? Other : null))]);
        fixture.Start();
        await broker.WaitForDistinctAsync(3000, Cancellation);
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        Assert.Equal(0, cutsLeft);
        Assert.Equal(0, fixture.Outbox.Statistics.DeadLetters);
        foreach (IGrouping<string, ReceivedEvent> stream in broker.Distinct.GroupBy(e => e.Source))
        {
            long[] numbers = [.. stream.Select(e => EventMaker.Number(e.Event))];
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [Fact]
    public async Task A_connection_on_which_nothing_moves_any_more_is_made_anew()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var proxy = new FaultProxy(broker.Port);
        await using var fixture = new PublisherFixture(new MqttOptions { Port = proxy.Port, AckTimeoutSeconds = 0.3 });
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Connected);
        proxy.Freeze();
        await fixture.AppendAsync(EventMaker.Events(0, 10));
        await fixture.WaitAsync((_, _) => proxy.Accepted >= 2);
        proxy.Thaw();
        await broker.WaitForDistinctAsync(10, Cancellation);
    }

    [Fact]
    public async Task With_the_broker_away_events_are_kept_and_sent_when_it_comes()
    {
        int port = LoopbackPort.Free();
        await using var fixture = new PublisherFixture(new MqttOptions { Port = port });
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Problem is not null);
        await fixture.AppendAsync(EventMaker.Events(0, 10));

        await using TestBroker broker = await TestBroker.StartAsync(port);
        await broker.WaitForDistinctAsync(10, Cancellation);
    }
}
