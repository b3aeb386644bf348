using Sensing.Configuration;
using Sensing.Das.Synthetic;

namespace Sensing.Das.Sources;

/// <summary>A synthetic fibre as a source.</summary>
public sealed record SyntheticSourceOptions : SyntheticOptions
{
    [Option("Time of the first sample, ISO 8601 (default: 2026-01-01T00:00:00Z, or the present where live is set).", Example = "\"2026-01-01T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Length, s (default: it never ends).", Above = 0)]
    public double? DurationSeconds { get; init; }

    [Option("Length of the blocks that are handed on, s.", Min = 0.01, Max = 60)]
    public double BlockSeconds { get; init; } = 1;

    [Option("Behave as a sensor: a block comes when its time has come, and is lost where nobody takes it. False: as a recording, as fast as it is taken.")]
    public bool Live { get; init; }
}
