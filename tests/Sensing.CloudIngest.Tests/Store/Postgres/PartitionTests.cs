using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

public class PartitionTests(PostgresDatabases databases) : Partitions(databases)
{
    protected override string CountOfTables =>
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'sensing'::regnamespace AND relkind = 'r' AND relname ~ '^events_\\d+_\\d+$'";

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
    public async Task A_dead_letter_with_text_that_the_database_cannot_hold_is_kept()
    {
        PostgresEventStore store = await OpenAsync();

        await store.AppendAsync([new DeadLetterRecord("a\0b", "{\"x\":\"\ud800\"}", new byte[] { 0 }, "half \udc00 and \0", Sample.Noon)], [], Cancel);

        DeadLetterRecord letter = Assert.Single(await store.ReadDeadLettersAsync(10, Cancel)).Record;
        Assert.Equal(("a\uFFFDb", "half \uFFFD and \uFFFD"), (letter.Topic, letter.Reason));
    }

    [Fact]
    public async Task A_row_that_is_not_JSON_to_the_database_fails_no_query_of_readable_events()
    {
        PostgresEventStore store = await OpenAsync();
        await store.AppendAsync(
            [
                Sample.Record(Sample.Other("nul", Sample.Noon, "{\"a\":\"\\u0000\"}")),
                Sample.Record(new SensorEvent("latin", Sample.Stream, Sample.OtherType, Sample.Noon, EventPriority.Fact, new byte[] { (byte)'"', 0xe4, (byte)'"' })),
                Sample.Record(Sample.Other("good", Sample.Noon, "{\"a\":7}")),
            ], [], Cancel);

        Assert.Equal("{\"a\": 7}", await ScalarAsync<string>("SELECT string_agg(data::text, ' ') FROM readable_events"));
        Assert.Equal(3L, await ScalarAsync<long>("SELECT count(*) FROM readable_events"));
    }
}
