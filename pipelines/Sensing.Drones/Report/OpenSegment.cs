using Sensing.Drones.Live;

namespace Sensing.Drones.Report;

/// <summary>A segment whose tasks have not all ended.</summary>
internal sealed record OpenSegment
{
    public required string Drone { get; init; }

    public required long Number { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Ends of its tasks, by type; null where a task has not ended.</summary>
    public required TaskResult?[] Results { get; init; }
}
