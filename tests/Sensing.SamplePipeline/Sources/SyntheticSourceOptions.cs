using Sensing.Configuration;

namespace Sensing.SamplePipeline.Sources;

/// <summary>A station that the program makes up.</summary>
public sealed record SyntheticSourceOptions
{
    [Option("Seed: the same seed gives the same weather.")]
    public int Seed { get; init; } = 1;

    [Option("Time of the first reading, ISO 8601 (default: 2026-01-01T00:00:00Z, or the present where live is set).", Example = "\"2026-01-01T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Time between readings, s.", Min = 0.1, Max = 60)]
    public double IntervalSeconds { get; init; } = 1;

    [Option("Length, s (default: it never ends).", Above = 0)]
    public double? DurationSeconds { get; init; }

    [Option("Behave as a sensor: a reading comes when its time has come. False: as a recording, as fast as it is taken.")]
    public bool Live { get; init; }
}
