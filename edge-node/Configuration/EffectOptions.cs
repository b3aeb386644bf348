using Sensing.Configuration;
using Sensing.Effects;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Long work of a stream's pipeline: DNN runs, calls to the cloud.</summary>
public sealed record EffectOptions
{
    [Option("Maximum number of pending commands. At the limit a recording waits; a command of a live stream is refused, which its pipeline learns.", Min = 1, Max = 100_000)]
    public int MaxPending { get; init; } = EffectLimits.Default.MaxPending;

    [Option("Time limit of a command, waiting for its turn included, s.", Above = 0, Max = 86_400)]
    public double TimeoutSeconds { get; init; } = EffectLimits.Default.Timeout.TotalSeconds;

    [Option("File that records how each command ended; relative to this file. With a recording of the samples, replay --effects repeats the run exactly.", Min = 1, Example = "\"effects.ndjson\"")]
    public string? RecordFile { get; init; }

    internal EffectLimits Limits => new() { MaxPending = MaxPending, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
}
