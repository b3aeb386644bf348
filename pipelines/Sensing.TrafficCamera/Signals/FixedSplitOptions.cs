using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>One phase of the fixed plan.</summary>
public sealed record FixedSplitOptions
{
    [Option("Phase.", Required = true, Min = 1, Max = 100)]
    public string Phase { get; init; } = "";

    [Option("Its green, s, between the phase's shortest and longest.", Required = true, Min = 1, Max = 600)]
    public double GreenSeconds { get; init; }
}
