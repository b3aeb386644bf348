using MQTTnet.Protocol;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;

namespace Sensing.EdgeNode.Tests.Publishing;

public class PublisherRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_goes_out_as_a_CloudEvent_in_binary_mode_with_the_time_of_its_commit()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        SensorEvent sent = EventMaker.Event(1);
        await fixture.AppendAsync(sent);
        fixture.Start();
        await broker.WaitForDistinctAsync(1, Cancellation);

        ReceivedEvent received = broker.Events[0];
        Assert.Equal(sent, received.Event);
        Assert.Equal("sensing/v1/site/node/stream/node/notice", received.Topic);
        Assert.Equal("application/json", received.ContentType);
        Assert.True(EventTime.TryParse(received.Committed, out _));
    }

    [Theory]
    [InlineData(MqttPubAckReasonCode.NotAuthorized)]
    [InlineData(MqttPubAckReasonCode.PayloadFormatInvalid)]
    [InlineData(MqttPubAckReasonCode.TopicNameInvalid)]
    [InlineData(MqttPubAckReasonCode.UnspecifiedError)]
    public async Task A_poison_event_becomes_a_dead_letter_and_the_rest_flows_on(MqttPubAckReasonCode code)
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        string poison = EventMaker.Event(3).Id;
        broker.Answer = (received, _) => received.Id == poison ? code : MqttPubAckReasonCode.Success;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Events(0, 10));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox is { Events: 0, DeadLetters: 1 });

        Assert.Equal(9, broker.Distinct.Count);
        (_, string reason) = Assert.Single(fixture.Outbox.DeadLetters(10), letter => letter.Entry.Event.Id == poison);
        Assert.StartsWith(code.ToString(), reason);
    }

    [Fact]
    public async Task A_quota_is_waited_out_and_nothing_is_lost()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        int answers = 0;
        broker.Answer = (_, _) => Interlocked.Increment(ref answers) is > 5 and < 40 ? MqttPubAckReasonCode.QuotaExceeded : MqttPubAckReasonCode.Success;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port, MaxInFlight = 4 });
        await fixture.AppendAsync(EventMaker.Events(0, 50));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        Assert.Equal(50, broker.Distinct.Count);
        Assert.Equal(0, fixture.Outbox.Statistics.DeadLetters);
        Assert.Null(fixture.Publisher.State.Problem);
    }

    [Fact]
    public async Task While_nobody_is_subscribed_the_event_stays()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        broker.Answer = (_, times) => times < 4 ? MqttPubAckReasonCode.NoMatchingSubscribers : MqttPubAckReasonCode.Success;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Events(0, 3));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        Assert.Equal([0, 1, 2], broker.Distinct.Select(e => EventMaker.Number(e.Event)));
    }

    [Fact]
    public async Task Somebody_who_subscribes_while_events_are_being_refused_gets_them_in_order()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        int answers = 0;
        broker.Answer = (_, _) => Interlocked.Increment(ref answers) <= 4 ? MqttPubAckReasonCode.NoMatchingSubscribers : MqttPubAckReasonCode.Success;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port, MaxInFlight = 16 });
        await fixture.AppendAsync(EventMaker.Events(0, 40));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        Assert.Equal(Enumerable.Range(0, 40).Select(n => (long)n), broker.Distinct.Select(e => EventMaker.Number(e.Event)));
    }

    [Fact]
    public async Task A_topic_that_nobody_takes_does_not_hold_up_those_that_are_taken()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        var unwanted = new StreamAddress("site", "node", "unwanted");
        broker.Answer = (received, _) => received.Source == unwanted.Source ? MqttPubAckReasonCode.NoMatchingSubscribers : MqttPubAckReasonCode.Success;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync([.. Enumerable.Range(0, 20).Select(n => EventMaker.Event(n, stream: n % 2 == 0 ? unwanted : null))]);
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox.Events == 0);

        Assert.Equal(10, broker.Distinct.Count);
    }

    [Fact]
    public async Task An_event_at_which_the_broker_hangs_up_is_found_and_the_rest_flows_on()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        string poison = EventMaker.Event(3).Id;
        broker.HangsUpOn = received => received.Id == poison;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Events(0, 10));
        fixture.Start();
        await fixture.WaitAsync((outbox, _) => outbox is { Events: 0, DeadLetters: 1 });

        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8, 9], broker.Distinct.Select(e => EventMaker.Number(e.Event)));
        Assert.Equal(poison, Assert.Single(fixture.Outbox.DeadLetters(10)).Entry.Event.Id);
    }

    [Fact]
    public async Task A_broker_that_refuses_the_node_is_told_apart_from_one_that_is_gone()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        bool admits = false;
        broker.Admit = _ => Volatile.Read(ref admits) ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Event(1));
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Problem is not null);
        Assert.Contains("Check mqtt.user and the password file.", fixture.Publisher.State.Problem);

        Volatile.Write(ref admits, true);
        await broker.WaitForDistinctAsync(1, Cancellation);
    }

    [Fact]
    public async Task A_backlog_is_drained_alarms_first()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        await fixture.AppendAsync(EventMaker.Events(0, 500, EventPriority.Telemetry));
        await fixture.AppendAsync(EventMaker.Events(1000, 20, EventPriority.Alarm));
        fixture.Start();
        await broker.WaitForDistinctAsync(520, Cancellation);

        Assert.Equal(Enumerable.Range(1000, 20).Concat(Enumerable.Range(0, 500)).Select(n => (long)n), broker.Distinct.Select(e => EventMaker.Number(e.Event)));
    }

    [Fact]
    public async Task The_node_says_online_then_stopped_and_drains_before()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using var fixture = new PublisherFixture(new MqttOptions { Port = broker.Port });
        fixture.Start();
        await fixture.WaitAsync((_, publisher) => publisher.Connected);
        await fixture.AppendAsync(EventMaker.Events(0, 200));
        await fixture.StopAsync();

        Assert.Equal(200, broker.Distinct.Count);
        Assert.Equal(0, fixture.Outbox.Statistics.Events);
        Assert.Equal(["online", "stopped"], broker.Statuses);
    }

    [Fact]
    public async Task A_stop_without_a_broker_does_not_wait_for_one()
    {
        await using var fixture = new PublisherFixture(new MqttOptions { Port = 1 });
        await fixture.AppendAsync(EventMaker.Events(0, 5));
        fixture.Start(drainSeconds: 3600);
        await fixture.WaitAsync((_, publisher) => publisher.Problem is not null);
        await fixture.StopAsync();

        Assert.Equal(5, fixture.Outbox.Statistics.Events);
    }
}
