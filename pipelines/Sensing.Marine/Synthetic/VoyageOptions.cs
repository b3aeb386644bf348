using Sensing.Configuration;

namespace Sensing.Marine.Synthetic;

/// <summary>A voyage that the program makes up, heard through instruments and an AIS receiver.</summary>
public record VoyageOptions
{
    [Option("Seed: the same gives the same voyage.")]
    public int Seed { get; init; } = 1;

    [Option("Standard deviation of each vessel's GNSS position without AIS' accuracy flag, m; with it 0.4 of this.", Min = 0, Max = 100)]
    public double PositionErrorM { get; init; } = 10;

    [Option("Longest time from an AIS report to its reception, s.", Min = 0, Max = 10)]
    public double DelaySeconds { get; init; } = 1.5;

    [Option("Share of AIS messages that are not received.", Min = 0, Max = 0.9)]
    public double LostShare { get; init; } = 0.08;
}
