using CsCheck;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>Pages and roll-ups against an independent recomputation, for any order, repetition and batching of what comes in.</summary>
public abstract partial class EventStoreContract
{
    private static readonly StreamAddress[] Streams =
        [Sample.Stream, new("tunnel", "cabinet-1", "fibre-b"), new("bridge", "cabinet-2", "fibre-a")];

    /// <summary>Events over a few days around midnight, on few instants so that many fall together; some carry a speed.</summary>
    private static readonly Gen<SensorEvent> AnyEvent = Gen.Select(
        Gen.Int[0, Streams.Length - 1], Gen.Bool, Gen.Int[-3000, 3000], Gen.Int[0, 3], Gen.Double[1, 200],
        (stream, vehicle, minutes, key, speed) => vehicle
            ? Sample.Vehicle(Noon.AddMinutes(minutes), $"{key}", speed, Streams[stream])
            : Sample.Other($"{stream} {minutes} {key}", Noon.AddMinutes(minutes), "[]", Streams[stream]));

    /// <summary>Deliveries: events with repeats in any order, cut into batches anywhere.</summary>
    private static readonly Gen<SensorEvent[][]> Deliveries =
        from events in AnyEvent.Array[1, 60]
        from deliveries in Gen.Shuffle(events.Concat(events.Where((_, i) => i % 3 == 0)).ToArray())
        from cuts in Gen.Int[1, 20].Array[1, 12]
        select Cut(deliveries, cuts);

    [Fact]
    public async Task Whatever_is_repeated_reordered_and_batched_each_id_is_there_once_and_roll_ups_are_right() =>
        await Deliveries.SampleAsync(async deliveries =>
        {
            await FreshAsync();
            foreach (SensorEvent[] batch in deliveries)
            {
                await AppendAsync(batch.Select(item => (LogRecord)Sample.Record(item)));
            }

            SensorEvent[] distinct = FirstOfEach(deliveries);
            Assert.Equal(distinct, await AllAsync());
            Assert.Equal(distinct.Length, (await Store.ReadSeriesAsync(Cancel)).Sum(series => series.Count));
            foreach (RollupStep step in Enum.GetValues<RollupStep>())
            {
                await CheckRollupsAsync(distinct, step);
            }
        }, iter: 30, threads: 1);

    [Fact]
    public async Task Pages_of_any_size_in_either_direction_hold_each_chosen_event_once_and_in_order() =>
        await Gen.Select(AnyEvent.Array[0, 80], Gen.Int[1, 9], Gen.Bool, Gen.Int[-3000, 3000], Gen.Int[0, 4000], Gen.Int[0, 3]).SampleAsync(
            async (events, size, descending, from, length, which) =>
            {
                await FreshAsync();
                await AppendAsync(events.Select(item => (LogRecord)Sample.Record(item)));
                var filter = new SeriesFilter(
                    (which & 1) == 0 ? [] : [Streams[0].Source, Streams[2].Source], (which & 2) == 0 ? [] : [Sample.VehicleType]);
                (DateTimeOffset start, DateTimeOffset end) = (Noon.AddMinutes(from), Noon.AddMinutes(from + length));

                var found = new List<StoredEvent>();
                EventCursor? cursor = null;
                do
                {
                    EventPage page = await Store.ReadEventsAsync(new EventQuery(filter, start, end, descending, cursor, size), Cancel);
                    Assert.True(page.Items.Count <= size);
                    found.AddRange(page.Items);
                    cursor = page.Next is { } next && EventCursor.TryParse(next.ToString(), out EventCursor? parsed) ? parsed : null;
                }
                while (cursor is not null);

                SensorEvent[] expected = [.. FirstOfEach([events]).Where(item =>
                    item.Time >= start && item.Time < end && filter.Matches(item.Source.Source, item.Type.ToString()))];
                Assert.Equal(expected.Select(item => item.Id).Order(StringComparer.Ordinal), found.Select(item => item.Event.Id).Order(StringComparer.Ordinal));
                (DateTimeOffset, long)[] order = [.. found.Select(item => (item.Event.Time, item.Sequence))];
                Assert.Equal(descending ? order.OrderDescending() : order.Order(), order);
            }, iter: 40, threads: 1);

    [Fact]
    public async Task A_page_ends_early_where_its_events_are_large_and_the_next_one_goes_on()
    {
        string data = $"\"{new string('x', 1000)}\"";
        await AppendAsync(Enumerable.Range(0, 5).Select(i => (LogRecord)Sample.Record(Sample.Other($"{i}", Noon.AddSeconds(i), data))));

        EventPage page = await Store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, null, 5) { MaxBytes = 1500 }, Cancel);
        Assert.Equal(["0", "1"], page.Items.Select(item => item.Event.Id));
        EventPage next = await Store.ReadEventsAsync(new EventQuery(SeriesFilter.All, null, null, false, page.Next, 5), Cancel);
        Assert.Equal(["2", "3", "4"], next.Items.Select(item => item.Event.Id));
        Assert.Null(next.Next);
    }

    [Fact]
    public async Task Roll_ups_are_cut_by_range_and_limit()
    {
        await AppendAsync(Enumerable.Range(0, 10).Select(i => (LogRecord)Sample.Record(Sample.Vehicle(Noon.AddMinutes(i)))));

        IReadOnlyList<Rollup> some = await Store.ReadRollupsAsync(
            new RollupQuery(SeriesFilter.All, RollupStep.Minute, Noon.AddMinutes(2), Noon.AddMinutes(5), 100), Cancel);
        Assert.Equal([2, 3, 4], some.Select(item => (int)(item.Time - Noon).TotalMinutes));
        Assert.Equal(4, (await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Minute, null, null, 4), Cancel)).Count);
    }

    private async Task CheckRollupsAsync(SensorEvent[] events, RollupStep step)
    {
        var expected = events
            .GroupBy(item => (item.Source.Source, Type: item.Type.ToString(), Begin: Begin(item.Time, step)))
            .ToDictionary(group => group.Key, group => (
                Count: group.LongCount(),
                Speeds: group.Where(item => item.Type == DasEvents.Vehicle.Name).Select(item => DasEvents.Vehicle.Read(item).SpeedKmh).ToArray()));
        IReadOnlyList<Rollup> found = await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, step, null, null, int.MaxValue), Cancel);

        Assert.Equal(expected.Count, found.Count);
        foreach (Rollup rollup in found)
        {
            (long count, double[] speeds) = expected[(rollup.Source.Source, rollup.Type, rollup.Time)];
            Assert.Equal(count, rollup.Count);
            Assert.Equal(speeds.Length, rollup.Measure?.Count ?? 0);
            if (rollup.Measure is { } measure)
            {
                Assert.Equal("speedKmh", measure.Name);
                Assert.Equal(speeds.Average(), measure.Mean, 1e-9 * speeds.Average());
                Assert.Equal((speeds.Min(), speeds.Max()), (measure.Min, measure.Max));
            }
        }
    }

    /// <summary>The interval's begin by calendar, not by division.</summary>
    private static DateTimeOffset Begin(DateTimeOffset time, RollupStep step) => step switch
    {
        RollupStep.Minute => new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, TimeSpan.Zero),
        RollupStep.Quarter => new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, time.Minute / 15 * 15, 0, TimeSpan.Zero),
        RollupStep.Hour => new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, 0, 0, TimeSpan.Zero),
        _ => new DateTimeOffset(time.Year, time.Month, time.Day, 0, 0, 0, TimeSpan.Zero),
    };

    private async Task FreshAsync()
    {
        await Store.DisposeAsync();
        await EraseAsync(_folder.Path);
        await OpenAsync(new StoreOptions());
    }

    private static SensorEvent[] FirstOfEach(SensorEvent[][] deliveries) => [.. deliveries.SelectMany(batch => batch).DistinctBy(item => item.Id)];

    private static SensorEvent[][] Cut(SensorEvent[] deliveries, int[] sizes)
    {
        var batches = new List<SensorEvent[]>();
        for (int i = 0, n = 0; i < deliveries.Length; n++)
        {
            int size = Math.Min(sizes[n % sizes.Length], deliveries.Length - i);
            batches.Add(deliveries[i..(i + size)]);
            i += size;
        }

        return [.. batches];
    }
}
