using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Telemetry;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>What one sender sends never stops, evicts or falsifies what belongs to others.</summary>
public abstract partial class EventStoreContract
{
    private static readonly StreamAddress Neighbour = new("tunnel", "cabinet-2", "fibre-a");

    /// <summary>From now on the store itself refuses every event whose id begins with POISON, as a value that its tables cannot hold.</summary>
    protected abstract Task RefusePoisonAsync(string folder);

    [Fact]
    public async Task Numbers_near_the_largest_neither_overflow_a_roll_up_nor_stop_the_others()
    {
        for (int i = 0; i < 3; i++)
        {
            await AppendAsync(
                Sample.Record(Sample.Vehicle(Noon.AddSeconds(i), speedKmh: 1.7e308)), Sample.Record(Sample.Vehicle(Noon.AddSeconds(i), "down", speedKmh: -1.7e308)),
                Sample.Record(Sample.Vehicle(Noon.AddSeconds(i), "good", speedKmh: 80)));
        }

        Rollup day = Assert.Single(await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Day, null, null, 10), Cancel));
        Assert.Equal((9, new RollupMeasure("speedKmh", 3, 240, 80, 80)), (day.Count, Assert.Single(day.Measures)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(40, 0)]
    [InlineData(40, 17)]
    [InlineData(40, 39)]
    public async Task A_batch_that_the_store_refuses_is_parted_until_the_culprit_is_alone(int count, int culprit)
    {
        await RefusePoisonAsync(_folder.Path);
        var commits = new StoreCommits(Store, new CloudMetrics(new MeterFactory()), Time);
        SensorEvent[] events = [.. Enumerable.Range(0, count).Select(i => Sample.Other(i == culprit ? "POISON" : $"{i:00}", Noon.AddSeconds(i)))];

        AppendResult result = await commits.AppendAsync(
            [.. events.Select(item => Sample.Record(item))], [new LogPosition("p/0", 7 + count, LogPosition.NotStored)], Cancel);

        Assert.Equal(new AppendResult(count - 1, 0, 1), result);
        Assert.Equal(events.Where(item => item.Id != "POISON"), await AllAsync());
        DeadLetterRecord letter = Assert.Single(await Store.ReadDeadLettersAsync(10, Cancel)).Record;
        Assert.Contains("POISON", letter.Properties, StringComparison.Ordinal);
        Assert.Contains("the store refuses it", letter.Reason, StringComparison.Ordinal);
        Assert.Equal(events[culprit].Data.ToArray(), letter.Payload.ToArray());
        Assert.Equal([new LogPosition("p/0", 7 + count)], await Store.ReadPositionsAsync(Cancel));
    }

    [Fact]
    public async Task Positions_stay_where_they_are_until_the_last_part_of_a_refused_batch_is_stored()
    {
        await RefusePoisonAsync(_folder.Path);
        await Store.AppendAsync([], [new LogPosition("p/0", 5)], Cancel);
        var commits = new StoreCommits(Store, new CloudMetrics(new MeterFactory()), Time);
        LogRecord[] records = [.. Enumerable.Range(0, 8).Select(i => Sample.Record(Sample.Other(i == 2 ? "POISON" : $"{i}", Noon)))];

        await Assert.ThrowsAsync<PositionConflictException>(() => commits.AppendAsync(records, [new LogPosition("p/0", 13, 4)], Cancel));
        Assert.Empty(await AllAsync());
        await commits.AppendAsync(records, [new LogPosition("p/0", 13, 5)], Cancel);

        Assert.Equal([new LogPosition("p/0", 13)], await Store.ReadPositionsAsync(Cancel));
        Assert.Equal(7, (await AllAsync()).Count);
    }

    [Fact]
    public async Task An_id_of_one_source_suppresses_nothing_of_another()
    {
        SensorEvent good = Sample.Vehicle(Noon);
        var forged = new SensorEvent(good.Id, Neighbour, good.Type, Noon, good.Priority, Sample.Vehicle(Noon, speedKmh: 1).Data);

        Assert.Equal(1, (await AppendAsync(Sample.Record(forged))).Added);
        Assert.Equal(1, (await AppendAsync(Sample.Record(good))).Added);
        Assert.Equal(new AppendResult(0, 2, 0), await AppendAsync(Sample.Record(good), Sample.Record(forged)));
        Assert.Equal(new AppendResult(0, 1, 0), await AppendAsync(Sample.Record(Sample.Other(good.Id, Noon))));

        await OpenAsync(new StoreOptions());
        Assert.Equal(new AppendResult(0, 2, 0), await AppendAsync(Sample.Record(forged), Sample.Record(good)));
        Assert.Equal([forged, good], await AllAsync());
    }

    [Fact]
    public async Task Dead_letters_are_removed_before_any_event_and_first_those_of_who_sends_most()
    {
        await OpenAsync(new StoreOptions { MaxBytes = 16 * 1024 * 1024, MaxDeadLetterBytes = 4 * 1024 * 1024 });
        SensorEvent[] events = [.. Enumerable.Range(0, 300).Select(i => Sample.Vehicle(Noon.AddSeconds(i)))];
        await AppendAsync(events.Select(item => Sample.Record(item)));
        await AppendAsync(new DeadLetterRecord("sensing/v1/tunnel/cabinet-2/fibre-a/das/vehicle", "{}", new byte[1000], "theirs", Noon));
        int removed = 0;
        for (int i = 0; i < 40; i++)
        {
            removed += (await AppendAsync(new DeadLetterRecord("sensing/v1/tunnel/cabinet-1/fibre-a/das/vehicle", "{}", new byte[900_000], "garbage", Noon.AddSeconds(i)))).DeadLettersRemoved;
        }

        Assert.InRange(removed, 35, 38);
        SweepResult swept = await Store.SweepAsync(Cancel);

        Assert.Equal((0, 0), (swept.Expired, swept.Evicted));
        Assert.InRange(swept.Bytes, 0, 16 * 1024 * 1024);
        Assert.Equal(events, await AllAsync());
        Assert.Contains(await Store.ReadDeadLettersAsync(100, Cancel), letter => letter.Record.Reason == "theirs");
        Assert.InRange((await Store.ReadDeadLettersAsync(100, Cancel)).Count, 2, 5);
    }

    [Fact]
    public async Task One_node_cannot_take_the_series_or_the_states_of_the_others()
    {
        await OpenAsync(new StoreOptions { MaxSeries = 100, MaxSeriesPerNode = 3 });

        AppendResult result = await AppendAsync(Enumerable.Range(0, 50).Select(i =>
            Sample.Record(Sample.Other($"{i}", Noon, stream: new StreamAddress($"site-{i % 7}", "greedy", $"stream-{i}")))));
        await OpenAsync(new StoreOptions { MaxSeries = 100, MaxSeriesPerNode = 3 });
        AppendResult other = await AppendAsync(
            Sample.Record(Sample.Other("a", Noon, stream: Neighbour)),
            Sample.Record(Sample.Other("b", Noon, stream: new StreamAddress("site", "greedy", "one-more"))));
        AppendResult states = await AppendAsync(
            [.. Enumerable.Range(0, 70).Select(i => new NodeStatusRecord($"site-{i}", "greedy", Sample.StatusJson(), Noon)),
            new NodeStatusRecord("site-0", "greedy", Sample.StatusJson(), Noon), new NodeStatusRecord("site-0", "modest", Sample.StatusJson(), Noon)]);

        Assert.Equal((new AppendResult(3, 0, 47), new AppendResult(1, 0, 1), 6), (result, other, states.DeadLetters));
        Assert.Equal(65, (await Store.ReadNodesAsync(0, Cancel)).Count);
        Assert.Contains("maxSeriesPerNode", (await Store.ReadDeadLettersAsync(100, Cancel))[^1].Record.Reason, StringComparison.Ordinal);
    }

    private sealed class MeterFactory : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
