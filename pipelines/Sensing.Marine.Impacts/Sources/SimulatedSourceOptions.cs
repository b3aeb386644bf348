using Sensing.Configuration;

namespace Sensing.Marine.Impacts.Sources;

/// <summary>A simulated hull in a simulated sea.</summary>
public sealed record SimulatedSourceOptions
{
    [Option("Hull, sea, engine and events are drawn from it.")]
    public int Seed { get; init; } = 1;

    [Option("Samples a second.", Min = 50, Max = 400)]
    public double Rate { get; init; } = 100;

    [Option("Length, s (default: none: endless).", Above = 0)]
    public double? DurationSeconds { get; init; }

    [Option("Mean time between events that are brought about: slams, jolts of the engine, impacts; s.", Min = 3, Max = 86400)]
    public double EventEverySeconds { get; init; } = 20;

    [Option("Significant wave height, m (default: drawn from the seed).", Min = 0, Max = 6)]
    public double? WaveHeightM { get; init; }

    [Option("The samples come with the clock, as those of a sensor do.")]
    public bool Live { get; init; }
}
