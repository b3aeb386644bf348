using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Restarting stalled streams. Liveness is measured by samples moved, never by an open file or socket.</summary>
public sealed record WatchdogOptions
{
    [Option("A stream is restarted if it yields no sample for this long although nothing downstream holds it back, s. 0: never.", Min = 0, Max = 86_400)]
    public double StallSeconds { get; init; } = 60;

    [Option("A stalled stream that does not stop within this time is abandoned and replaced, s.", Above = 0, Max = 3600)]
    public double GraceSeconds { get; init; } = 10;

    [Option("Back-off before a failed or stalled stream is restarted.")]
    public BackoffOptions Backoff { get; init; } = new() { InitialSeconds = 1, MaxSeconds = 300 };
}
