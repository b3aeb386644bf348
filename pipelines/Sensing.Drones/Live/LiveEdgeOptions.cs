using Sensing.Scheduling;

namespace Sensing.Drones.Live;

/// <summary>What one edge serves, and how.</summary>
public sealed record LiveEdgeOptions
{
    /// <summary>The task types in use.</summary>
    public required IReadOnlyList<DroneTaskKind> Kinds { get; init; }

    /// <summary>Their benefits, costs, deadlines and expected times, in the same order.</summary>
    public required IReadOnlyList<InferenceTaskType> Types { get; init; }

    /// <summary>Windows of the quality of experience.</summary>
    public QoeOptions Qoe { get; init; } = QoeOptions.Default;

    /// <summary>Receives every event and decision, if given.</summary>
    public Action<TraceEntry>? Trace { get; init; }
}
