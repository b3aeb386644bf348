namespace Sensing.Scheduling.Simulation;

/// <summary>When segments arrive.</summary>
public sealed record ArrivalOptions
{
    public static ArrivalOptions Periodic { get; } = new();

    /// <summary>How a drone's segments follow each other (default: periodic).</summary>
    public ArrivalKind Kind { get; init; }

    /// <summary>Largest deviation of a jittered segment from its time, µs (default: 100 ms).</summary>
    public long Jitter { get; init; } = 100_000;

    /// <summary>Mean time that a drone stays, µs, exponential (default: 0, every drone stays throughout).</summary>
    public long MeanPresence { get; init; }

    /// <summary>Mean time that a drone is away, µs, exponential (default: 0).</summary>
    public long MeanAbsence { get; init; }

    /// <summary>For <see cref="ArrivalKind.Trace"/>: each segment's time, µs, and drone.</summary>
    public IReadOnlyList<(long At, int Drone)> Trace { get; init; } = [];
}
