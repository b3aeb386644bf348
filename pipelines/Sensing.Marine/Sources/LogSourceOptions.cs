using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.Marine.Sources;

/// <summary>Recorded NMEA 0183 and AIS.</summary>
public sealed record LogSourceOptions : ICheckedOptions
{
    [Option("Files in order of time; relative ones start at the configuration's folder. A name may hold * and ?; the files that it fits are taken in order of their names.",
        Required = true, Min = 1, Example = "[\"logs/voyage_*.nmea\"]")]
    public string[] Files { get; init; } = [];

    [Option("Time of the first line of a log that holds no times, ISO 8601 (default: 2000-01-01T00:00:00Z). Logs with tag blocks or with RMC or ZDA sentences have their own.", Example = "\"2026-05-07T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Lines a second of a log that holds no times.", Above = 0, Max = 10000)]
    public double LinesPerSecond { get; init; } = 10;

    [Option("Speed of playing, in times of real time: the lines come as they were recorded (default: as fast as they are taken).", Above = 0, Max = 10000, Example = "1")]
    public double? Pace { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (StartTime is { } text && !EventTime.TryParse(text, out _))
        {
            yield return new ConfigurationProblem("startTime", $"'{text}' is not an ISO 8601 time: write it as 2026-01-01T00:00:00Z");
        }
    }
}
