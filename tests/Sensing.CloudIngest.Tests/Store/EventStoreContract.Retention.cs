using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>What is removed, and what stays.</summary>
public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Events_go_when_their_type_is_too_old_by_arrival_and_their_roll_ups_stay()
    {
        await OpenAsync(new StoreOptions
        {
            Retention = [new RetentionOptions { Type = "sensing.das.waterfall.*", Hours = 1 }, new RetentionOptions { Type = "*", Hours = 0 }],
        });
        await AppendAsync(
            Sample.Record(Sample.Waterfall(Noon.AddYears(-3)), Noon),
            Sample.Record(Sample.Waterfall(Noon), Noon),
            Sample.Record(Sample.Vehicle(Noon), Noon));
        Time.Advance(TimeSpan.FromMinutes(75));
        await AppendAsync(Sample.Record(Sample.Waterfall(Noon.AddYears(-2)), Time.GetUtcNow()));

        SweepResult result = await Store.SweepAsync(Cancel);

        Assert.Equal((2, 0), (result.Expired, result.Evicted));
        Assert.Equal([Sample.Vehicle(Noon), Sample.Waterfall(Noon.AddYears(-2))], await AllAsync());
        Assert.Equal(4, (await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Day, null, null, 100), Cancel)).Sum(item => item.Count));
        Assert.Equal(2, (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Count);
        Assert.Contains(Sample.Waterfall(Noon.AddYears(-2)).Id, (await Store.ReadLatestAsync(SeriesFilter.All, Cancel)).Select(item => item.Event.Id));
    }

    [Fact]
    public async Task A_series_whose_events_are_all_gone_has_no_latest_and_keeps_its_count()
    {
        await OpenAsync(new StoreOptions { Retention = [new RetentionOptions { Type = "*", Hours = 1 }] });
        await AppendAsync(Enumerable.Range(0, 1200).Select(i => (LogRecord)Sample.Record(Sample.Vehicle(Noon.AddSeconds(i)), Noon)));
        long head = await Store.ReadHeadAsync(Cancel);
        Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1200, (await Store.SweepAsync(Cancel)).Expired);

        Assert.Empty(await AllAsync());
        Assert.Empty(await Store.ReadLatestAsync(SeriesFilter.All, Cancel));
        Assert.Equal(1200, (await Store.ReadSeriesAsync(Cancel)).Single().Count);

        await OpenAsync(new StoreOptions());
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon.AddDays(1)), Time.GetUtcNow()));
        Assert.True((await Store.ReadAfterAsync(head, SeriesFilter.All, 10, Cancel)).Items.Single().Sequence > head);
        Assert.Single(await Store.ReadLatestAsync(SeriesFilter.All, Cancel));
    }

    [Fact]
    public async Task A_full_store_gives_up_the_oldest_telemetry_first_and_its_room_back()
    {
        const long MaxBytes = 16 * 1024 * 1024;
        await OpenAsync(new StoreOptions { MaxBytes = MaxBytes });
        string levels = Convert.ToBase64String(new byte[96 * 1024]);
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon)));
        for (int i = 0; i < 200; i++)
        {
            await AppendAsync(Sample.Record(Sample.Waterfall(Noon.AddSeconds(i), levels)));
        }

        SweepResult result = await Store.SweepAsync(Cancel);

        Assert.InRange(result.Bytes, 1, MaxBytes);
        Assert.InRange(result.Evicted, 1, 199);
        IReadOnlyList<Sensing.Events.SensorEvent> left = await AllAsync();
        Assert.Equal(Sample.Vehicle(Noon), left[0]);
        Assert.Equal(Noon.AddSeconds(199), left[^1].Time);
        Assert.Equal(201 - result.Evicted, left.Count);
    }

    [Fact]
    public async Task Short_roll_ups_and_dead_letters_go_after_their_days()
    {
        await OpenAsync(new StoreOptions { MinuteRollupDays = 1, QuarterRollupDays = 2, DeadLetterDays = 1 });
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon), Noon), new DeadLetterRecord("t", "{}", new byte[1], "r", Noon));
        Time.Advance(TimeSpan.FromDays(1.5));
        await AppendAsync(Sample.Record(Sample.Vehicle(Noon.AddHours(1)), Time.GetUtcNow()));

        await Store.SweepAsync(Cancel);

        Assert.Empty(await Store.ReadDeadLettersAsync(10, Cancel));
        int[] counts = await Task.WhenAll(Enum.GetValues<RollupStep>().Select(async step =>
            (await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, step, null, null, 100), Cancel)).Count));
        Assert.Equal([1, 2, 2, 1], counts);
    }
}
