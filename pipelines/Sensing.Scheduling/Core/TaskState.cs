namespace Sensing.Scheduling;

/// <summary>Where a task is in its life. It only ever moves down this list.</summary>
public enum TaskState
{
    /// <summary>Not yet handed to the scheduler.</summary>
    Announced,

    /// <summary>The policy has it and has not decided.</summary>
    Waiting,

    /// <summary>On the accelerator.</summary>
    OnEdge,

    /// <summary>In a cloud call.</summary>
    InCloud,

    /// <summary>Finished by its deadline.</summary>
    Completed,

    /// <summary>Finished after its deadline, or without a result.</summary>
    Late,

    /// <summary>Given up before it started anywhere.</summary>
    Dropped,
}
