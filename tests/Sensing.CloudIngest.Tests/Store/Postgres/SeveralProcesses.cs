using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>Several processes over one database: each event once, and no reader misses one.</summary>
public abstract class SeveralProcesses(ITestDatabases databases) : PostgresStores(databases)
{
    [Fact]
    public async Task Two_writers_at_once_store_each_id_once_and_a_live_reader_skips_none_and_sees_none_twice()
    {
        PostgresEventStore first = await OpenAsync();
        PostgresEventStore second = await OpenAsync();
        PostgresEventStore reading = await OpenAsync();
        await reading.Listening.WaitAsync(Cancel);
        // Both write all events, from the two ends, so that they meet; each batch repeats half of the one before.
        string[] ids = [.. Enumerable.Range(0, 400).Select(i => $"{i:000}")];
        Task<int>[] writers = [WriteAsync(first, ids), WriteAsync(second, [.. ids.Reverse()])];

        Task written = Task.WhenAll(writers);

        var seen = new List<StoredEvent>();
        long position = 0;
        while (seen.Count < ids.Length)
        {
            long version = reading.Commits.Version;
            LivePage page = await reading.ReadAfterAsync(position, SeriesFilter.All, 7, Cancel);
            Assert.All(page.Items, item => Assert.True(item.Sequence > position));
            seen.AddRange(page.Items);
            position = page.Position;
            if (!page.More && seen.Count < ids.Length)
            {
                // Writers that have failed commit nothing more.
                await (await Task.WhenAny(reading.Commits.WaitAsync(version, Cancel), written));
            }
        }

        Assert.Equal(ids.Length, (await Task.WhenAll(writers)).Sum());
        Assert.Equal(ids, seen.Select(item => item.Event.Id).Order(StringComparer.Ordinal));
        Assert.Empty((await reading.ReadAfterAsync(position, SeriesFilter.All, 7, Cancel)).Items);
        Assert.Equal(ids.Length, (await reading.ReadSeriesAsync(Cancel)).Sum(series => series.Count));
        Assert.Equal(ids.Length, (await reading.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Day, null, null, 10), Cancel)).Sum(item => item.Count));
    }

    [Fact]
    public async Task A_process_that_only_reads_hears_of_commits_of_another()
    {
        PostgresEventStore writing = await OpenAsync();
        PostgresEventStore reading = await OpenAsync();
        await reading.Listening.WaitAsync(Cancel);
        long seen = reading.Commits.Version;

        await AppendAsync(writing, Sample.Vehicle(Sample.Noon));

        await reading.Commits.WaitAsync(seen, Cancel);
        Assert.Equal([Sample.Vehicle(Sample.Noon)], (await reading.ReadAfterAsync(0, SeriesFilter.All, 10, Cancel)).Items.Select(item => item.Event));
        Assert.Single(await reading.ReadLatestAsync(SeriesFilter.All, Cancel));
    }

    /// <summary>What was committed between the first look at the store and the first connection that hears of commits was told to nobody.</summary>
    [Fact]
    public async Task Who_waits_from_before_commits_are_heard_is_woken_once_they_are()
    {
        PostgresEventStore reading = await OpenAsync();

        await reading.Commits.WaitAsync(0, Cancel);

        await reading.Listening.WaitAsync(Cancel);
    }

    [Fact]
    public async Task Own_commits_are_told_once()
    {
        PostgresEventStore store = await OpenAsync();
        PostgresEventStore other = await OpenAsync();
        await store.Listening.WaitAsync(Cancel);
        await other.Listening.WaitAsync(Cancel);
        long seen = store.Commits.Version;
        await AppendAsync(store, Sample.Other("a", Sample.Noon));

        // Notices come in the order of the commits: with the other's, the own one has been heard as well.
        await AppendAsync(other, Sample.Other("b", Sample.Noon));
        await store.Commits.WaitAsync(seen + 1, Cancel);

        Assert.Equal(seen + 2, store.Commits.Version);
    }

    [Fact]
    public async Task Of_two_sinks_that_read_the_same_partition_one_gets_through_and_the_other_writes_nothing()
    {
        PostgresEventStore old = await OpenAsync();
        PostgresEventStore fresh = await OpenAsync();
        await old.AppendAsync([Sample.Record(Sample.Other("a", Sample.Noon))], [new LogPosition("das-0", 10, LogPosition.NotStored)], Cancel);
        await fresh.AppendAsync([Sample.Record(Sample.Other("b", Sample.Noon))], [new LogPosition("das-0", 15, 10)], Cancel);

        await Assert.ThrowsAsync<PositionConflictException>(() => old.AppendAsync(
            [new DeadLetterRecord("t", "{}", new byte[1], "r", Sample.Noon), Sample.Record(Sample.Other("c", Sample.Noon))], [new LogPosition("das-0", 20, 10)], Cancel));

        Assert.Equal([new LogPosition("das-0", 15)], await old.ReadPositionsAsync(Cancel));
        Assert.Empty(await old.ReadDeadLettersAsync(1, Cancel));
        Assert.Equal(1, (await AppendAsync(old, Sample.Other("c", Sample.Noon))).Added);
    }

    private static async Task<int> WriteAsync(PostgresEventStore store, string[] ids)
    {
        int added = 0;
        for (int i = 0; i < ids.Length; i += 10)
        {
            // Times over several partitions, so that both make some.
            added += (await AppendAsync(store, ids.Skip(Math.Max(0, i - 5)).Take(i == 0 ? 10 : 15).Select(
                id => Sample.Other(id, Sample.Noon.AddMinutes(int.Parse(id)), stream: new StreamAddress("s", "n", "x"))))).Added;
        }

        return added;
    }
}
