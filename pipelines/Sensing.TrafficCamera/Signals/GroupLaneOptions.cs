using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>A lane whose vehicles a signal group serves.</summary>
public sealed record GroupLaneOptions
{
    [Option("Name of the approach.", Required = true, Min = 1, Max = 100)]
    public string Approach { get; init; } = "";

    [Option("Number of the lane in the approach's readings, from 1 at the left edge.", Min = 1, Max = 16)]
    public int Lane { get; init; } = 1;
}
