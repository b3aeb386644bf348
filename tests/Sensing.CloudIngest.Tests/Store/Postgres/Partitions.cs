using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Where events lie, and that what is too old goes with its table.</summary>
public abstract class Partitions(ITestDatabases databases) : PostgresStores(databases)
{
    /// <summary>A query for the number of tables that hold events.</summary>
    protected abstract string CountOfTables { get; }

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

    /// <summary>Every query of a stream looks into each of them.</summary>
    [Fact]
    public async Task Times_at_random_make_a_few_partitions_whatever_they_are()
    {
        PostgresEventStore store = await OpenAsync();
        var random = new Random(7);
        long[] times = [.. Enumerable.Range(0, 3000).Select(i => (i % 3) switch
        {
            0 => random.NextInt64(DateTimeOffset.MaxValue.UtcTicks),
            1 => Sample.Noon.UtcTicks + random.NextInt64(-20 * 365 * TimeSpan.TicksPerDay, 20 * 365 * TimeSpan.TicksPerDay),
            _ => Sample.Noon.UtcTicks + random.NextInt64(-400 * TimeSpan.TicksPerDay, 400 * TimeSpan.TicksPerDay),
        })];

        await store.AppendAsync([.. times.Select((ticks, i) => (LogRecord)Sample.Record(Sample.Other($"{i}", new DateTimeOffset(ticks, TimeSpan.Zero)), Sample.Noon))], [], Cancel);

        Assert.InRange(await ScalarAsync<long>("SELECT count(*) FROM partitions"), 20, 50);
        Assert.Equal(times.Length, (await store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 5000), Cancel)).Items.Count);
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
        Assert.Equal(4, await ScalarAsync<long>(CountOfTables));
        Assert.Equal(4 * 30, await ScalarAsync<long>("SELECT count(*) FROM feed"));
        // The other process knew a partition there that is gone now.
        Assert.Equal(1, (await AppendAsync(other, Sample.Other("again", Sample.Noon))).Added);
        Assert.Equal((4 * 30) + 1, (await Everything.OfAsync(store, Cancel)).Count);
        Assert.Equal("9 29", (await store.ReadLatestAsync(SeriesFilter.All, Cancel)).Single().Event.Id);
    }
}
