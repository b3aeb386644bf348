using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Step 5: from clusters to tracks.</summary>
public sealed record TrackOptions
{
    [Option("Length over which a vehicle may be lost and found again, m.", Min = 0, Max = 2000)]
    public double GapM { get; init; } = 60;

    [Option("How far from its expected time a vehicle may be found again, s, besides a fifth of the time it was lost.", Min = 0, Max = 30)]
    public double GapSeconds { get; init; } = 0.7;

    [Option("Shortest track that is a vehicle, m.", Min = 1, Max = 5000)]
    public double MinLengthM { get; init; } = 30;

    [Option("How far beyond its ends a track may be carried on to the reference position, m.", Min = 0, Max = 500)]
    public double ExtendM { get; init; } = 20;
}
