using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Modules;
using Sensing.SamplePipeline.Events;
using Sensing.SamplePipeline.Sources;
using Sensing.Streams;

namespace Sensing.SamplePipeline;

/// <summary>A weather station as a module: what docs/extending.md walks through.</summary>
public sealed class WeatherModule : IPipelineModule
{
    public string Name => "weather";

    public EventFamily Events => WeatherEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings { get; } = [new RecordingKind("CSV", [".csv"], "csv", "file", ManyFiles: false)];

    public string FigureSummary => "temperature and wind over time";

    public IReadOnlyList<DemoStream> Demos { get; } =
    [
        new()
        {
            Name = "station",
            Summary = "a weather station with a gust every four minutes",
            Source = live => new JsonObject { ["type"] = "synthetic", ["live"] = live },
        },
    ];

    public IReplayFigure CreateFigure() => new WeatherFigure();

    public void Register(StreamCatalogue streams) => streams
        .AddSource<WeatherReading, CsvSourceOptions>(
            "csv", "A recording of a weather station.", (options, context) => new CsvSource(options, context))
        .AddSource<WeatherReading, SyntheticSourceOptions>(
            "synthetic", "A weather station that the program makes up.", (options, context) => new SyntheticSource(options, context))
        .AddPipeline<WeatherReading, WeatherOptions>(
            Name, "Temperature, wind and gusts of a weather station.",
            (options, context) => new WeatherPipeline(options, context),
            (options, context) => OutlookModel.Handlers(options, context.Models));
}
