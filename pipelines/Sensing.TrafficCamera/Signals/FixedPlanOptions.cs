using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The plan that runs without usable readings.</summary>
public sealed record FixedPlanOptions
{
    [Option("Length of the cycle, s: all greens with the changes between them.", Required = true, Min = 5, Max = 600)]
    public double CycleSeconds { get; init; }

    [Option("Phases in their order with their greens.", Required = true, Min = 1, Max = 16)]
    public FixedSplitOptions[] Splits { get; init; } = [];

    [Option("Begin of the cycle after midnight UTC of 1970-01-01, s: aligns the plans of neighbouring junctions.", Min = 0, Max = 600)]
    public double OffsetSeconds { get; init; }
}
