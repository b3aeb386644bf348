using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Restarting what stalls. Liveness is measured by samples moved, never by an open file or socket.</summary>
public sealed record WatchdogOptions
{
    [Option("No sample for this long although nothing downstream holds the stream back: it is restarted, s. 0: never.", Min = 0, Max = 86_400)]
    public double StallSeconds { get; init; } = 60;

    [Option("A stalled stream that does not stop within this is left behind and replaced, s.", Above = 0, Max = 3600)]
    public double GraceSeconds { get; init; } = 10;

    [Option("Waiting before a failed or stalled stream is started again.")]
    public BackoffOptions Backoff { get; init; } = new() { InitialSeconds = 1, MaxSeconds = 300 };
}
