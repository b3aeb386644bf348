using Sensing.Configuration;

namespace Sensing.SamplePipeline.Sources;

/// <summary>A recording of a weather station.</summary>
public sealed record CsvSourceOptions
{
    [Option("File with the columns time (UTC, ISO 8601), temperatureC and windMs; relative to the configuration's folder.", Required = true, Min = 1, Example = "\"station.csv\"")]
    public string File { get; init; } = "";
}
