using CsCheck;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Postgres;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

/// <summary>The same input into both stores: equal answers to every query.</summary>
[TimeLimit(minutes: 4, reason: "Property tests over a real database, which shares two cores with the brokers of other tests.")]
public abstract class Agreement(ITestDatabases databases) : PostgresStores(databases)
{
    private static readonly Gen<LogRecord> AnyRecord = Gen.Frequency(
        (20, Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[-20_000, 20_000], Gen.Int[0, 3], Gen.Double[-50, 200], Gen.Int[-400, 40_000]).Select(
            (stream, vehicle, minutes, key, speed, delay) =>
            {
                var address = new StreamAddress("tunnel", "cabinet-1", $"fibre-{stream}");
                DateTimeOffset time = Sample.Noon.AddMinutes(minutes);
                SensorEvent item = vehicle
                    ? Sample.Vehicle(time, $"{key}", speed, address)
                    : Sample.Other($"{stream} {minutes} {key}", time, $"\"{new string('x', Math.Abs(minutes % 50))}\"", address);
                return (LogRecord)new EventRecord(item, key == 0 ? time.AddSeconds(1) : null, time.AddSeconds(delay));
            })),
        (1, Gen.Select(Gen.Int[0, 2], Gen.Bool).Select(
            (node, online) => (LogRecord)new NodeStatusRecord("tunnel", $"{node}", Sample.StatusJson(online ? Events.Node.NodeState.Online : Events.Node.NodeState.Offline), Sample.Noon))),
        (1, Gen.Int[0, 1000].Select(i => (LogRecord)new DeadLetterRecord("t", "{}", new byte[] { 1 }, $"{i}", Sample.Noon.AddTicks(i)))));

    [Fact]
    public async Task Any_sequence_with_repeats_and_late_arrivals_gives_equal_answers()
    {
        // One pair of stores for all samples: what comes later comes on top of what is there.
        using var folder = new TemporaryFolder();
        var options = new StoreOptions { MaxSeries = 5, Path = folder["store.db"] };
        await using var file = new SqliteEventStore(options, Sample.Catalogue, 2, TimeProvider.System);
        await file.OpenAsync(Cancel);
        PostgresEventStore database = await OpenAsync(options);
        await (from records in AnyRecord.Array[1, 60]
               from order in Gen.Shuffle(records.Concat(records.OfType<EventRecord>().Where((_, i) => i % 3 == 0)).ToArray())
               from cut in Gen.Int[1, 40]
               from page in Gen.Int[1, 50]
               from begin in Gen.Int[-20_000, 20_000]
               from length in Gen.Int[1, 40_000]
               from newest in Gen.Bool
               from filter in Gen.Int[0, 3]
               select (order, cut, page, begin, length, newest, filter)).SampleAsync(async sample =>
        {
            foreach (LogRecord[] batch in sample.order.Chunk(sample.cut))
            {
                AppendResult expected = await file.AppendAsync(batch, [new LogPosition("p", sample.cut)], Cancel);
                AppendResult found = await database.AppendAsync(batch, [new LogPosition("p", sample.cut)], Cancel);
                Assert.Equal((expected.Added, expected.Repeated), (found.Added, found.Repeated));
            }

            var filter = new SeriesFilter(
                (sample.filter & 1) == 0 ? [] : ["/sites/tunnel/nodes/cabinet-1/streams/fibre-1", "/sites/tunnel/nodes/cabinet-1/streams/fibre-2"],
                (sample.filter & 2) == 0 ? [] : [Sample.VehicleType]);
            DateTimeOffset from = Sample.Noon.AddMinutes(sample.begin);
            DateTimeOffset to = from.AddMinutes(sample.length);
            await CompareAsync(file, database, filter, from, to, sample.newest, sample.page);
        }, iter: 25, threads: 1);
    }

    private static async Task CompareAsync(
        SqliteEventStore file, PostgresEventStore database, SeriesFilter filter, DateTimeOffset from, DateTimeOffset to, bool descending, int page)
    {
        Assert.Equal(await LiveAsync(file, filter), await LiveAsync(database, filter));
        Assert.Equal(await PagesAsync(file, filter, from, to, descending, page), await PagesAsync(database, filter, from, to, descending, page));
        Assert.Equal(
            (await file.ReadLatestAsync(filter, Cancel)).Select(Said), (await database.ReadLatestAsync(filter, Cancel)).Select(Said));
        Assert.Equal(await file.ReadSeriesAsync(Cancel), await database.ReadSeriesAsync(Cancel));
        Assert.Equal(await file.ReadPositionsAsync(Cancel), await database.ReadPositionsAsync(Cancel));
        Assert.Equal(await NodesAsync(file), await NodesAsync(database));
        foreach (RollupStep step in Enum.GetValues<RollupStep>())
        {
            // Equal to the last bit: sums are taken in the same order.
            Assert.Equal(
                (await file.ReadRollupsAsync(new RollupQuery(filter, step, from, to, page * 10), Cancel)).Select(Said),
                (await database.ReadRollupsAsync(new RollupQuery(filter, step, from, to, page * 10), Cancel)).Select(Said));
        }
    }

    /// <summary>All of an event but its sequence number: of that only the order is promised.</summary>
    private static (SensorEvent, DateTimeOffset, DateTimeOffset?, EventFlags) Said(StoredEvent stored) =>
        (stored.Event, stored.Arrival, stored.Committed, stored.Flags);

    /// <summary>All of a rollup, with what its measures are in place of their list; each number to the last bit.</summary>
    private static string Said(Rollup rollup) =>
        $"{rollup.Time:o} {rollup.Source} {rollup.Type} {rollup.Count} {string.Join(", ", rollup.Measures)}";

    private static async Task<List<(SensorEvent, DateTimeOffset, DateTimeOffset?, EventFlags)>> LiveAsync(IEventStore store, SeriesFilter filter)
    {
        var all = new List<(SensorEvent, DateTimeOffset, DateTimeOffset?, EventFlags)>();
        LivePage page;
        long position = 0;
        do
        {
            page = await store.ReadAfterAsync(position, filter, 37, Cancel);
            all.AddRange(page.Items.Select(Said));
            position = page.Position;
        }
        while (page.More);

        Assert.Equal(await store.ReadHeadAsync(Cancel), position);
        return all;
    }

    private static async Task<List<string>> PagesAsync(
        IEventStore store, SeriesFilter filter, DateTimeOffset from, DateTimeOffset to, bool descending, int size)
    {
        var pages = new List<string>();
        EventCursor? cursor = null;
        do
        {
            EventPage page = await store.ReadEventsAsync(new EventQuery(filter, from, to, descending, cursor, size) { MaxBytes = 600 }, Cancel);
            pages.Add(string.Join('\n', page.Items.Select(item => Said(item).ToString())));
            cursor = page.Next;
        }
        while (cursor is not null);

        return pages;
    }

    private static async Task<IEnumerable<(string, string, DateTimeOffset, string)>> NodesAsync(IEventStore store) =>
        (await store.ReadNodesAsync(0, Cancel)).Select(node => (node.Site, node.Node, node.Received, System.Text.Encoding.UTF8.GetString(node.Status.Span)));
}
