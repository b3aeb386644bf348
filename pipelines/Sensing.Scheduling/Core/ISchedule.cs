namespace Sensing.Scheduling;

/// <summary>What a policy sees and may do. All times are µs of virtual time.</summary>
public interface ISchedule
{
    /// <summary>The present.</summary>
    long Now { get; }

    /// <summary>The task types in use.</summary>
    IReadOnlyList<InferenceTaskType> Types { get; }

    /// <summary>The link that cloud calls share; null if cloud times include the transfer.</summary>
    UplinkOptions? Uplink { get; }

    /// <summary>The task on the accelerator, if any.</summary>
    InferenceTask? OnEdge { get; }

    /// <summary>When the accelerator is expected to be free: now, or the running task's start plus its expected time.</summary>
    long EdgeFreeAt { get; }

    /// <summary>Runs a waiting task on the edge, now.</summary>
    /// <param name="task">A task that waits.</param>
    /// <param name="expected">The time the policy expects it to take, which goes into the trace.</param>
    /// <exception cref="SchedulingException">The edge is busy, the task does not wait, or it is expected to be late.</exception>
    void StartOnEdge(InferenceTask task, long expected);

    /// <summary>Calls the cloud for a waiting task, now.</summary>
    /// <param name="task">A task that waits.</param>
    /// <param name="expected">The time the policy counts on, which goes into the trace: a policy that weighs chances gives the
    /// shortest time it thinks possible.</param>
    /// <exception cref="SchedulingException">The task does not wait, or it is known to be late.</exception>
    void SendToCloud(InferenceTask task, long expected);

    /// <summary>Gives a waiting task up.</summary>
    /// <exception cref="SchedulingException">The task does not wait.</exception>
    void Drop(InferenceTask task);

    /// <summary>Ends a run on the edge or a cloud call early; its end comes as any other, censored.</summary>
    /// <exception cref="SchedulingException">The task runs nowhere.</exception>
    void Cancel(InferenceTask task);

    /// <summary>Asks for <see cref="SchedulingPolicy.OnWake"/> at a time; of several requests the earliest is kept.</summary>
    void WakeAt(long time);
}
