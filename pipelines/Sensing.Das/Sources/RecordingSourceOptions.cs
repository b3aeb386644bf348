using Sensing.Configuration;

namespace Sensing.Das.Sources;

/// <summary>What all sources of recorded files have in common.</summary>
public abstract record RecordingSourceOptions
{
    [Option("Length of the blocks that are handed on, s. The results do not depend on it.", Min = 0.01, Max = 60)]
    public double BlockSeconds { get; init; } = 1;

    [Option("Only channels from this distance on are used, m (default: the first).")]
    public double? FromM { get; init; }

    [Option("Only channels up to this distance are used, m (default: the last).")]
    public double? ToM { get; init; }
}
