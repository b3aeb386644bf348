using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Where events lie, and that what is too old goes with its table.</summary>
public class PartitionTests(PostgresDatabases databases) : PostgresStores(databases)
{
    [Fact]
    public void Proposed_intervals_hold_their_time_and_overlap_none_whatever_comes_in_which_order() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Select(Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks], Gen.Long[-100_000, 100_000], Gen.Bool).Array[1, 60]).Sample(
            (keepHours, events) =>
            {
                var table = new PartitionTable();
                int tier = PartitionTable.TierOf(EventPriority.Fact, keepHours == 0 ? null : TimeSpan.FromHours(keepHours));
                var made = new List<(long Begin, long End)>();
                foreach ((long time, long minutes, bool far) in events)
                {
                    long arrival = far ? Sample.Noon.UtcTicks : Math.Max(0, time + (minutes * TimeSpan.TicksPerMinute));
                    if (table.Find(tier, time) is null)
                    {
                        (long begin, long end) = table.Propose(tier, time, arrival);
                        Assert.True(begin <= time && time < end);
                        Assert.DoesNotContain(made, one => one.Begin < end && begin < one.End);
                        table.Add(tier, begin, end);
                        made.Add((begin, end));
                    }

                    Assert.Contains(made, one => one.Begin == table.Find(tier, time) && time < one.End);
                }
            });

    [Theory]
    [InlineData(1, 10)]
    [InlineData(6, 10)]
    [InlineData(24, 60)]
    [InlineData(365 * 24, 7 * 24 * 60)]
    public void A_partition_is_as_long_as_a_24th_of_the_time_that_its_events_are_kept(int keepHours, int minutes)
    {
        (long begin, long end) = new PartitionTable().Propose(
            PartitionTable.TierOf(EventPriority.Telemetry, TimeSpan.FromHours(keepHours)), Sample.Noon.UtcTicks, Sample.Noon.UtcTicks);

        Assert.Equal(minutes, (end - begin) / TimeSpan.TicksPerMinute);
        Assert.Equal(TimeSpan.FromMinutes(minutes), PartitionTable.Slack(TimeSpan.FromHours(keepHours)));
    }

    [Fact]
    public async Task A_clock_that_is_anywhere_makes_no_more_partitions_than_events_and_they_are_found()
    {
        PostgresEventStore store = await OpenAsync();
        SensorEvent[] events = [.. Enumerable.Range(0, 60).Select(i => Sample.Other($"{i}", DateTimeOffset.MinValue.AddDays(i * 60_000L)))];
        await store.AppendAsync([.. events.Select(item => (LogRecord)Sample.Record(item, Sample.Noon))], [], Cancel);

        Assert.InRange(await ScalarAsync<long>("SELECT count(*) FROM partitions"), 1, events.Length);
        Assert.Equal(
            events.OrderBy(item => item.Time).Select(item => item.Id),
            (await store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 1000), Cancel)).Items.Select(item => item.Event.Id));
        Assert.Equal(0, (await store.AppendAsync([.. events.Select(item => (LogRecord)Sample.Record(item, Sample.Noon))], [], Cancel)).Added);
    }

    [Fact]
    public async Task Partitions_that_are_too_old_are_dropped_with_their_ids_and_another_process_goes_on_writing()
    {
        var time = new FakeTimeProvider(Sample.Noon);
        var options = new StoreOptions { Retention = [new RetentionOptions { Type = "*", Hours = 24 }] };
        PostgresEventStore store = await OpenAsync(options, time);
        PostgresEventStore other = await OpenAsync(options, time);
        for (int hour = 0; hour < 10; hour++)
        {
            await AppendAsync(store, Enumerable.Range(0, 30).Select(i => Sample.Other($"{hour} {i}", Sample.Noon.AddHours(hour).AddSeconds(i))));
        }

        await AppendAsync(other, Sample.Other("other", Sample.Noon));
        Assert.Equal(10, await ScalarAsync<long>("SELECT count(*) FROM partitions"));
        time.SetUtcNow(Sample.Noon.AddHours(24 + 5).AddMinutes(30));

        SweepResult result = await store.SweepAsync(Cancel);

        Assert.Equal((6 * 30) + 1, result.Expired);
        Assert.Equal(4, await ScalarAsync<long>("SELECT count(*) FROM partitions"));
        Assert.Equal(4, await ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'sensing'::regnamespace AND relkind = 'r' AND relname ~ '^events_\\d+_\\d+$'"));
        Assert.Equal(4 * 30, await ScalarAsync<long>("SELECT count(*) FROM feed"));
        // The other process knew a partition there that is gone now.
        Assert.Equal(1, (await AppendAsync(other, Sample.Other("again", Sample.Noon))).Added);
        Assert.Equal((4 * 30) + 1, (await Everything.OfAsync(store, Cancel)).Count);
        Assert.Equal("9 29", (await store.ReadLatestAsync(SeriesFilter.All, Cancel)).Single().Event.Id);
    }

    [Fact]
    public async Task A_dead_letter_with_text_that_the_database_cannot_hold_is_kept()
    {
        PostgresEventStore store = await OpenAsync();

        await store.AppendAsync([new DeadLetterRecord("a\0b", "{\"x\":\"\ud800\"}", new byte[] { 0 }, "half \udc00 and \0", Sample.Noon)], [], Cancel);

        DeadLetterRecord letter = Assert.Single(await store.ReadDeadLettersAsync(10, Cancel)).Record;
        Assert.Equal(("a\uFFFDb", "half \uFFFD and \uFFFD"), (letter.Topic, letter.Reason));
    }
}
