namespace Sensing.Scheduling;

/// <summary>When a stretch of time counts as a good experience of a task type.</summary>
public sealed record QoeOptions
{
    public static QoeOptions Default { get; } = new();

    /// <summary>Length of the tumbling windows, µs (default: 20 s). A task belongs to the window its segment arrived in.</summary>
    public long Window { get; init; } = 20_000_000;

    /// <summary>α: share of a window's tasks that must complete for its bonus (default: 0.9).</summary>
    public double Rate { get; init; } = 0.9;
}
