using Sensing.Configuration;

namespace Sensing.TrafficCamera.Report;

/// <summary>What is reported of each approach.</summary>
public sealed record ReportOptions
{
    [Option("Time between two reports of an approach's state, s.", Min = 0.2, Max = 60)]
    public double StateSeconds { get; init; } = 1;

    [Option("Time constant over which index, speed and density are smoothed, s.", Min = 0, Max = 300)]
    public double SmoothingSeconds { get; init; } = 10;

    [Option("Lengths of the count windows, minutes, out of 1, 5, 15 and 60; empty: no counts.", Max = 4)]
    public int[] CountMinutes { get; init; } = [15];

    [Option("Relative standard error of the set-up's length, of which speeds and densities have a share.", Min = 0, Max = 0.5)]
    public double ScaleError { get; init; } = 0.1;

    [Option("A vehicle that stands so long is reported, s: longer than the longest red.", Min = 10, Max = 3600)]
    public double StandingSeconds { get; init; } = 180;

    [Option("A vehicle that stands so long while others pass the counting line is reported, s.", Min = 5, Max = 3600)]
    public double StandingWhileOthersPassSeconds { get; init; } = 20;

    [Option("How many others must pass for that.", Min = 1, Max = 100)]
    public int StandingPassed { get; init; } = 3;
}
