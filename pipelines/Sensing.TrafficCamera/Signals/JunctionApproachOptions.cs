using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>An approach whose camera feeds the junction.</summary>
public sealed record JunctionApproachOptions
{
    [Option("Name of the approach as its readings give it.", Required = true, Min = 1, Max = 100)]
    public string Name { get; init; } = "";

    [Option("Length of the carriageway that the camera sees, measured back from the stop line, m.", Min = 10, Max = 500)]
    public double VisibleM { get; init; } = 60;
}
