using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>Roll-ups of types with several measures.</summary>
public abstract partial class EventStoreContract
{
    private static readonly EventMeasure Humidity = new("humidity", "Humidity", "1");

    [Fact]
    public async Task Roll_ups_keep_count_sum_and_extremes_of_every_measure()
    {
        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(WeatherEvents.Temperature, WeatherEvents.Wind));
        var random = new Random(7);
        WeatherObservation[] observations = [.. Enumerable.Range(0, 200).Select(_ => new WeatherObservation(
            Math.Round(random.NextDouble() * 40, 2), random.Next(3) == 0 ? null : Math.Round(random.NextDouble() * 20, 2)))];
        SensorEvent[] events = [.. observations.Select((observation, i) => Observed(Noon.AddSeconds(13 * i), observation))];
        foreach (SensorEvent[] batch in events.Chunk(37))
        {
            await AppendAsync(batch.Select(item => (LogRecord)Sample.Record(item)));
        }

        // The same again changes nothing.
        await AppendAsync(events.Take(50).Select(item => (LogRecord)Sample.Record(item)));

        foreach (RollupStep step in Enum.GetValues<RollupStep>())
        {
            IReadOnlyList<Rollup> found = await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, step, null, null, 1000), Cancel);
            var expected = events.Zip(observations).GroupBy(pair => Begin(pair.First.Time, step), pair => pair.Second).OrderBy(group => group.Key).ToArray();
            Assert.Equal(expected.Select(group => (group.Key, group.LongCount())), found.Select(item => (item.Time, item.Count)));
            foreach ((IGrouping<DateTimeOffset, WeatherObservation> group, Rollup rollup) in expected.Zip(found))
            {
                Check("temperatureC", [.. group.Select(item => item.TemperatureC)], rollup);
                Check("windMs", [.. group.Select(item => item.WindMs).OfType<double>()], rollup);
            }
        }
    }

    [Fact]
    public async Task Measures_keep_their_values_when_the_catalogue_changes()
    {
        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(WeatherEvents.Temperature, WeatherEvents.Wind));
        await AppendAsync(Sample.Record(Observed(Noon, new WeatherObservation(10, 3, 0.5))));

        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(Humidity, WeatherEvents.Wind, WeatherEvents.Temperature));
        await AppendAsync(Sample.Record(Observed(Noon.AddSeconds(1), new WeatherObservation(20, 5, 0.75))));
        Assert.Equal(
            [new RollupMeasure("humidity", 1, 0.75, 0.75, 0.75), new RollupMeasure("windMs", 2, 8, 3, 5), new RollupMeasure("temperatureC", 2, 30, 10, 20)],
            await MinuteAsync());

        // A program that does not know the type counts its events; one that knows it again has missed nothing of the first measure.
        await OpenAsync(new StoreOptions(), EventCatalogue.NodeOnly);
        await AppendAsync(Sample.Record(Observed(Noon.AddSeconds(2), new WeatherObservation(60, 9, 1))));
        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(WeatherEvents.Wind, WeatherEvents.Temperature));
        Assert.Equal([new RollupMeasure("windMs", 2, 8, 3, 5), new RollupMeasure("temperatureC", 3, 90, 10, 60)], await MinuteAsync());
    }

    [Fact]
    public async Task A_type_that_becomes_known_is_measured_from_then_on()
    {
        await OpenAsync(new StoreOptions(), EventCatalogue.NodeOnly);
        await AppendAsync(Sample.Record(Observed(Noon, new WeatherObservation(10, 3))));
        Assert.Empty(await MinuteAsync());

        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(WeatherEvents.Temperature, WeatherEvents.Wind));
        await AppendAsync(Sample.Record(Observed(Noon.AddSeconds(1), new WeatherObservation(20, 5))));

        Assert.Equal([new RollupMeasure("temperatureC", 1, 20, 20, 20), new RollupMeasure("windMs", 1, 5, 5, 5)], await MinuteAsync());
        Assert.Equal(2, Assert.Single(await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Minute, null, null, 10), Cancel)).Count);
    }

    [Fact]
    public async Task Further_measures_go_with_their_roll_up()
    {
        EventCatalogue catalogue = WeatherEvents.Catalogue(WeatherEvents.Temperature, WeatherEvents.Wind);
        await OpenAsync(new StoreOptions { MinuteRollupDays = 1 }, catalogue);
        await AppendAsync(Sample.Record(Observed(Noon, new WeatherObservation(10, 3)), Noon));
        Time.Advance(TimeSpan.FromDays(1.5));
        await Store.SweepAsync(Cancel);
        Assert.Empty(await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Minute, null, null, 10), Cancel));

        await AppendAsync(Sample.Record(Observed(Noon.AddSeconds(1), new WeatherObservation(20, 5)), Time.GetUtcNow()));

        Assert.Equal([new RollupMeasure("temperatureC", 1, 20, 20, 20), new RollupMeasure("windMs", 1, 5, 5, 5)], await MinuteAsync());
    }

    [Fact]
    public async Task Types_are_kept_as_long_as_they_ask_for()
    {
        await OpenAsync(new StoreOptions(), WeatherEvents.Catalogue(WeatherEvents.Temperature));
        await AppendAsync(Sample.Record(Observed(Noon, new WeatherObservation(10)), Noon), Sample.Record(Sample.Other("a", Noon), Noon));

        // The type asks for 48 hours, and a partition may hold an event back for two more.
        Time.Advance(TimeSpan.FromHours(47));
        Assert.Equal(0, (await Store.SweepAsync(Cancel)).Expired);
        Time.Advance(TimeSpan.FromHours(26));
        Assert.Equal(1, (await Store.SweepAsync(Cancel)).Expired);
        Assert.Equal("a", Assert.Single(await AllAsync()).Id);
        Time.Advance(TimeSpan.FromDays(380));
        Assert.Equal(1, (await Store.SweepAsync(Cancel)).Expired);
    }

    private static SensorEvent Observed(DateTimeOffset time, WeatherObservation observation) =>
        WeatherEvents.Observation.Create(Sample.Stream, time, "", observation);

    private async Task<IReadOnlyList<RollupMeasure>> MinuteAsync() =>
        (await Store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Minute, null, null, 10), Cancel)).Single().Measures;

    private static void Check(string name, double[] values, Rollup rollup)
    {
        RollupMeasure? measure = rollup.Measures.SingleOrDefault(item => item.Name == name);
        if (values.Length == 0)
        {
            Assert.Null(measure);
            return;
        }

        Assert.Equal((values.Length, values.Min(), values.Max()), (measure!.Count, measure.Min, measure.Max));
        Assert.Equal(values.Sum(), measure.Sum, 1e-9);
    }
}
