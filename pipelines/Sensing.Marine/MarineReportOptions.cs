using Sensing.Configuration;

namespace Sensing.Marine;

/// <summary>What is reported besides encounters.</summary>
public sealed record MarineReportOptions
{
    [Option("Interval of own ship's reports, s.", Min = 1, Max = 3600)]
    public double OwnShipSeconds { get; init; } = 5;

    [Option("Interval of each target's reports, s.", Min = 1, Max = 3600)]
    public double TargetSeconds { get; init; } = 10;

    [Option("Targets farther away are not reported, m.", Above = 0)]
    public double TargetRangeM { get; init; } = 50_000;
}
