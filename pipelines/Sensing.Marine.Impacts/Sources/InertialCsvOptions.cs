using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.Marine.Impacts.Sources;

/// <summary>Recorded samples of an inertial sensor.</summary>
public sealed record InertialCsvOptions : ICheckedOptions
{
    [Option("CSV file with a header: time (ISO 8601) or t_s (seconds), ax_mps2, ay_mps2, az_mps2 (m/s²; ahead, to starboard, down), gx_radps, gy_radps, gz_radps (rad/s); relative to the configuration's folder.", Required = true, Min = 1, Example = "\"imu.csv\"")]
    public string File { get; init; } = "";

    [Option("Time of t_s = 0, ISO 8601 (default: 2000-01-01T00:00:00Z).", Example = "\"2026-05-07T06:00:00Z\"")]
    public string? StartTime { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (StartTime is { } text && !EventTime.TryParse(text, out _))
        {
            yield return new ConfigurationProblem("startTime", $"'{text}' is not an ISO 8601 time: write it as 2026-01-01T00:00:00Z");
        }
    }
}
