using System.Globalization;
using Sensing.Effects;
using Sensing.Events;
using Sensing.SamplePipeline.Events;
using Sensing.SamplePipeline.Sources;
using Sensing.Testing.Conformance;

namespace Sensing.SamplePipeline.Tests;

// One line a part.
public sealed class SyntheticSourceConformance() : SourceConformance<WeatherReading>(Station.Synthetic);

public sealed class CsvSourceConformance() : SourceConformance<WeatherReading>(Station.Csv);

public sealed class PlainPipelineConformance() : PipelineConformance<WeatherReading>(() => Station.Pipeline(new WeatherOptions()));

public sealed class OutlookPipelineConformance() : PipelineConformance<WeatherReading>(() => Station.Pipeline(new WeatherOptions { OutlookModel = "gust-outlook" }));

/// <summary>A synthetic station and what it must yield.</summary>
internal static class Station
{
    public const int Count = 2000;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SyntheticSourceOptions Options = new() { Seed = 3, DurationSeconds = Count };

    public static WeatherReading Reading(int number) => SyntheticSource.At(Options, Start, number);

    public static SourceUnderTest<WeatherReading> Synthetic() => new()
    {
        Open = test => new SyntheticSource(Options, test.Context),
        OpenAbsent = test => new SyntheticSource(new SyntheticSourceOptions { StartTime = "absent" }, test.Context),
        Readings = Values,
        Expected = [.. Enumerable.Range(0, 200).SelectMany(number => Values(Reading(number)))],
    };

    public static SourceUnderTest<WeatherReading> Csv()
    {
        var test = new SourceUnderTest<WeatherReading>
        {
            Open = under => new CsvSource(new CsvSourceOptions { File = "station.csv" }, under.Context),
            OpenAbsent = under => new CsvSource(new CsvSourceOptions { File = "absent.csv" }, under.Context),
            Readings = Values,
            Expected = [.. Enumerable.Range(0, 200).SelectMany(number => Values(Reading(number)))],
        };
        Write(Path.Combine(test.Folder, "station.csv"), 200);
        return test;
    }

    public static void Write(string path, int count) => File.WriteAllLines(path,
    [
        "time,temperatureC,windMs",
        .. Enumerable.Range(0, count).Select(Reading).Select(reading => string.Create(
            CultureInfo.InvariantCulture, $"{EventTime.Format(reading.Time)},{reading.TemperatureC},{reading.WindMs}")),
    ]);

    public static PipelineUnderTest<WeatherReading> Pipeline(WeatherOptions options) => new()
    {
        Create = context => new WeatherPipeline(options, context),
        Handlers = () => options.OutlookModel is null ? EffectHandlers.None : new EffectHandlers().Add(
            OutlookModel.Effect, async (request, cancellation) =>
            {
                // Comes back at another time than it was asked, as a DNN's result does.
                await Task.Yield();
                return request.PeakMs > 13 ? throw new IOException("the accelerator is gone") : new GustOutlook(request.PeakMs * 1.1);
            }),
        Events = WeatherEvents.Family,
        Units = Count,
        Read = (first, count) => Enumerable.Range(first, count).Select(Reading),
    };

    private static TimedValues[] Values(WeatherReading reading) => [new TimedValues(reading.Time, [reading.TemperatureC, reading.WindMs])];
}
