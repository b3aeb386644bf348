using Sensing.Configuration;

namespace Sensing.Marine.Synthetic;

/// <summary>A synthetic voyage as a source.</summary>
public sealed record SyntheticSourceOptions : VoyageOptions
{
    [Option("Time of the first line, ISO 8601 (default: 2026-05-01T12:00:00Z, or the present where live is set).", Example = "\"2026-01-01T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Length, s (default: it never ends).", Above = 0)]
    public double? DurationSeconds { get; init; }

    [Option("Behave as instruments: a line comes when its time has come, and is lost if nothing takes it. False: as a recording, as fast as it is taken.")]
    public bool Live { get; init; }
}
