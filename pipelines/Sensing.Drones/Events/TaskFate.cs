namespace Sensing.Drones.Events;

/// <summary>What became of a task.</summary>
public enum TaskFate
{
    /// <summary>Its result was there by its deadline.</summary>
    Done,

    /// <summary>Its result came after its deadline.</summary>
    Late,

    /// <summary>It ran and brought no result: it broke, was refused, or was cancelled at its deadline.</summary>
    Failed,

    /// <summary>It never started.</summary>
    Dropped,
}
