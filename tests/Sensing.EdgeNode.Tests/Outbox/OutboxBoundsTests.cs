using Microsoft.Extensions.Time.Testing;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.TestNode;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Tests.Outbox;

public class OutboxBoundsTests
{
    private static readonly StreamAddress Own = new("site", "node", "node");

    private readonly FakeTimeProvider _time = new(EventMaker.Noon);

    /// <summary>Room for about ten events of 100 kB.</summary>
    private static OutboxOptions Small(WhenFull whenFull) => new()
    {
        MaxMegabytes = 1,
        TelemetryPercent = 50,
        FactPercent = 80,
        WhenFull = whenFull,
    };

    [Fact]
    public async Task Alarms_are_given_out_before_facts_and_facts_before_telemetry()
    {
        await using var fixture = new OutboxFixture(time: _time);
        await fixture.AppendAsync(EventMaker.Events(0, 3, EventPriority.Telemetry));
        await fixture.AppendAsync(EventMaker.Events(10, 3, EventPriority.Fact));
        await fixture.AppendAsync(EventMaker.Events(20, 3, EventPriority.Alarm));

        Assert.Equal([20, 21, 22, 10, 11, 12, 0, 1, 2], fixture.Outbox.Take(100).Select(entry => EventMaker.Number(entry.Event)));
    }

    [Fact]
    public async Task Full_with_dropLowestOldest_the_oldest_telemetry_makes_room_and_is_told()
    {
        await using var fixture = new OutboxFixture(Small(WhenFull.DropLowestOldest), _time);
        await fixture.AppendAsync(EventMaker.Events(0, 8, EventPriority.Telemetry, padding: 100_000));

        Assert.Equal([4, 5, 6, 7], Held(fixture.Outbox));
        OutboxStatistics statistics = fixture.Outbox.Statistics;
        Assert.Equal(4, statistics.Dropped);
        Assert.Equal([new OutboxDrops("full", EventPriority.Telemetry, 4)], statistics.Drops.Where(drops => drops.Events > 0));
        Assert.Equal((4, statistics.Bytes), (statistics.Depths.Single(depth => depth.Priority == EventPriority.Telemetry).Events, statistics.Depths.Sum(depth => depth.Bytes)));

        OutboxLoss loss = await LossAsync(fixture.Outbox);
        Assert.Equal(new OutboxLoss
        {
            Reason = "full",
            Telemetry = 4,
            Facts = 0,
            Alarms = 0,
            From = EventMaker.Noon,
            To = EventMaker.Noon.AddSeconds(3),
        }, loss);
    }

    [Fact]
    public async Task Facts_push_telemetry_out_and_alarms_push_both_out()
    {
        await using var fixture = new OutboxFixture(Small(WhenFull.DropLowestOldest), _time);
        await fixture.AppendAsync(EventMaker.Events(0, 4, EventPriority.Telemetry, padding: 100_000));
        await fixture.AppendAsync(EventMaker.Events(10, 6, EventPriority.Fact, padding: 100_000));
        Assert.Equal([10, 11, 12, 13, 14, 15, 3], Held(fixture.Outbox));

        fixture.Outbox.Rewind();
        await fixture.AppendAsync(EventMaker.Events(20, 9, EventPriority.Alarm, padding: 100_000));
        Assert.Equal([20, 21, 22, 23, 24, 25, 26, 27, 28], Held(fixture.Outbox));
    }

    [Fact]
    public async Task What_is_out_for_sending_is_not_dropped()
    {
        await using var fixture = new OutboxFixture(Small(WhenFull.DropLowestOldest), _time);
        await fixture.AppendAsync(EventMaker.Events(0, 3, EventPriority.Telemetry, padding: 100_000));
        IReadOnlyList<OutboxEntry> sending = fixture.Outbox.Take(2);
        await fixture.AppendAsync(EventMaker.Events(3, 4, EventPriority.Telemetry, padding: 100_000));

        Assert.Equal([0, 1], sending.Select(entry => EventMaker.Number(entry.Event)));
        fixture.Outbox.Rewind();
        Assert.Equal([0, 1, 5, 6], Held(fixture.Outbox));
    }

    [Fact]
    public async Task The_loss_is_told_although_the_node_was_killed_before_it_could_tell_it()
    {
        await using var fixture = new OutboxFixture(Small(WhenFull.DropLowestOldest), _time);
        await fixture.AppendAsync(EventMaker.Events(0, 8, EventPriority.Telemetry, padding: 100_000));
        await fixture.CrashAsync();

        Assert.Equal(4, (await LossAsync(fixture.Outbox)).Telemetry);
    }

    [Fact]
    public async Task Full_with_block_appending_waits_until_something_was_sent()
    {
        await using var fixture = new OutboxFixture(Small(WhenFull.Block), _time);
        await fixture.AppendAsync(EventMaker.Events(0, 4, EventPriority.Telemetry, padding: 100_000));
        Task more = fixture.AppendAsync(EventMaker.Events(4, 2, EventPriority.Telemetry, padding: 100_000));

        // An alarm has room of its own, and once it is on disk the telemetry behind it is still waiting.
        await fixture.AppendAsync(EventMaker.Events(100, 1, EventPriority.Alarm));
        Assert.False(more.IsCompleted);

        IReadOnlyList<OutboxEntry> sent = fixture.Outbox.Take(4);
        await fixture.AcknowledgeAsync(sent);
        await more;
        Assert.Equal(3, fixture.Outbox.Statistics.Events);
        Assert.Equal(0, fixture.Outbox.Statistics.Dropped);
    }

    [Fact]
    public async Task What_is_too_old_is_dropped_and_told()
    {
        await using var fixture = new OutboxFixture(new OutboxOptions { TelemetryMaxAgeHours = 1, MaxAgeHours = 10 }, _time);
        await fixture.AppendAsync([EventMaker.Event(0, EventPriority.Telemetry), EventMaker.Event(1)]);
        _time.Advance(TimeSpan.FromHours(2));
        await fixture.AppendAsync([EventMaker.Event(2, EventPriority.Telemetry)]);
        await fixture.Outbox.MaintainOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], Held(fixture.Outbox));
        Assert.Equal("expired", (await LossAsync(fixture.Outbox)).Reason);
    }

    [Theory]
    [InlineData(-24 * 365)]
    [InlineData(24 * 365)]
    public async Task A_clock_that_is_set_while_the_node_runs_ages_nothing_and_changes_no_order(int hours)
    {
        TimeSpan step = TimeSpan.Zero;
        var time = new SteppedClock(_time, () => step);
        await using var fixture = new OutboxFixture(new OutboxOptions { MaxAgeHours = 10 }, time);
        await fixture.AppendAsync(EventMaker.Events(0, 2));
        step = TimeSpan.FromHours(hours);
        await fixture.AppendAsync(EventMaker.Events(2, 2));
        await fixture.Outbox.MaintainOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, fixture.Outbox.Statistics.OldestSeconds);
        Assert.Equal([0, 1, 2, 3], Held(fixture.Outbox));
    }

    [Fact]
    public async Task Time_while_the_node_was_off_counts()
    {
        await using var fixture = new OutboxFixture(new OutboxOptions { MaxAgeHours = 10 }, _time);
        await fixture.AppendAsync(EventMaker.Events(0, 2));
        await fixture.CloseAsync();
        _time.Advance(TimeSpan.FromHours(11));
        fixture.Open();
        await fixture.Outbox.MaintainOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, fixture.Outbox.Statistics.Events);
    }

    [Fact]
    public async Task A_node_that_started_before_its_clock_was_set_does_not_expire_its_events_when_it_is()
    {
        TimeSpan step = TimeSpan.FromDays(-365 * 26);
        var time = new SteppedClock(_time, () => step);
        await using var fixture = new OutboxFixture(new OutboxOptions { MaxAgeHours = 10 }, time);
        await fixture.AppendAsync(EventMaker.Events(0, 2));
        await fixture.CloseAsync();
        step = TimeSpan.Zero;
        fixture.Open();
        await fixture.Outbox.MaintainOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, fixture.Outbox.Statistics.Events);
    }

    [Fact]
    public async Task Dead_letters_have_a_bound_of_their_own()
    {
        await using var fixture = new OutboxFixture(new OutboxOptions { DeadLetterMegabytes = 1 }, _time);
        await fixture.AppendAsync(EventMaker.Events(0, 12, padding: 100_000));
        foreach (OutboxEntry entry in fixture.Outbox.Take(12))
        {
            await fixture.DeadLetterAsync(entry, "poison");
        }

        Assert.Equal(9, fixture.Outbox.Statistics.DeadLetters);
        Assert.Equal("dead-letters-full", (await LossAsync(fixture.Outbox)).Reason);
    }

    [Fact]
    public async Task Space_is_given_back_to_the_file_system()
    {
        await using var fixture = new OutboxFixture(time: _time);
        await fixture.AppendAsync(EventMaker.Events(0, 300, padding: 100_000));
        await fixture.AcknowledgeAsync(fixture.Outbox.Take(300));
        long before = new FileInfo(fixture.File).Length;
        await fixture.Outbox.MaintainOnceAsync(TestContext.Current.CancellationToken);

        Assert.InRange(before, 30_000_000, long.MaxValue);
        Assert.InRange(new FileInfo(fixture.File).Length, 0, 5_000_000);
    }

    private static long[] Held(EventOutbox outbox) => [.. outbox.Take(100).Select(entry => EventMaker.Number(entry.Event))];

    private static async Task<OutboxLoss> LossAsync(EventOutbox outbox)
    {
        OutboxLoss? told = null;
        await outbox.ReportLossesAsync(
            loss =>
            {
                told = loss;
                return NodeEvents.Loss.Create(Own, EventMaker.Noon, loss.Reason, loss);
            },
            CancellationToken.None);
        Assert.NotNull(told);
        Assert.Contains(outbox.Take(100), entry => entry.Event.Type == NodeEvents.Loss.Name && NodeEvents.Loss.Read(entry.Event) == told);
        return told;
    }
}
