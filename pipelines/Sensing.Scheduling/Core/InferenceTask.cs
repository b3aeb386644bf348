namespace Sensing.Scheduling;

/// <summary>One DNN to run on one video segment. Times are µs of virtual time.</summary>
/// <param name="id">Unique in a run; also the order of arrival.</param>
/// <param name="typeIndex">Index into the scheduler's types.</param>
/// <param name="type">The type itself.</param>
/// <param name="drone">Which drone's segment.</param>
/// <param name="release">When the segment arrived.</param>
public sealed class InferenceTask(int id, int typeIndex, InferenceTaskType type, int drone, long release)
{
    public int Id { get; } = id;

    public int TypeIndex { get; } = typeIndex;

    public InferenceTaskType Type { get; } = type;

    public int Drone { get; } = drone;

    public long Release { get; } = release;

    /// <summary>Absolute deadline, µs.</summary>
    public long Deadline { get; } = release + type.RelativeDeadline;

    /// <summary>Expected time on the edge, µs.</summary>
    public long EdgeTime { get; } = type.EdgeTime;

    /// <summary>Set by the scheduling core alone.</summary>
    public TaskState State { get; internal set; }

    /// <summary>When it started on the edge or in the cloud, µs; meaningless before.</summary>
    public long StartedAt { get; internal set; }

    /// <summary>How its run ended; meaningless before.</summary>
    public RunOutcome Outcome { get; internal set; }

    /// <summary>Set by the policy where it moves the task from one place to the other; for reports alone.</summary>
    public TaskMove Move { get; set; }

    public override string ToString() => $"{Type.Name} {Id} of drone {Drone}";
}
