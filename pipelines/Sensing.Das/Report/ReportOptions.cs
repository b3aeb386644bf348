using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Step 7: what is reported besides vehicles.</summary>
public sealed record ReportOptions
{
    [Option("Lengths of the flow windows, minutes, out of 1, 5, 15 and 60; empty: no flow.", Max = 4)]
    public int[] FlowMinutes { get; init; } = [1, 5, 15, 60];

    [Option("How long a flow window waits for vehicles that have passed the reference but not yet left the section, s.", Min = 0, Max = 3600)]
    public double FlowWaitSeconds { get; init; } = 60;

    [Option("Whether waterfall tiles are sent.")]
    public bool Waterfall { get; init; } = true;

    [Option("Time that a waterfall tile covers, s.", Min = 0.5, Max = 60)]
    public double TileSeconds { get; init; } = 4;

    [Option("Largest number of waterfall rows per second.", Min = 0.5, Max = 25)]
    public double TileRateHz { get; init; } = 4;

    [Option("Largest number of waterfall columns.", Min = 10, Max = 2000)]
    public int TileColumns { get; init; } = 200;
}
