namespace Sensing.Scheduling;

/// <summary>How a policy changed its mind about where a task runs.</summary>
public enum TaskMove
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>It waited for the cloud and the edge took it.</summary>
    Stolen,

    /// <summary>It was in the queue of the edge and went to the cloud.</summary>
    Migrated,
}
