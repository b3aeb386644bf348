using Sensing.Scheduling;

namespace Sensing.Drones.Live;

/// <summary>A task in the live scheduler, from its hand-over to its end.</summary>
internal sealed class LiveTask(SegmentWork segment, DroneTaskKind kind, InferenceTask task)
{
    public SegmentWork Segment { get; } = segment;

    public DroneTaskKind Kind { get; } = kind;

    public InferenceTask Task { get; } = task;

    public TaskCompletionSource<TaskResult> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends its run or call early.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Where it runs or ran; set when it starts.</summary>
    public Events.TaskPlace Place { get; set; }

    public TaskVariant? Variant { get; set; }

    /// <summary>The time that the policy counted on, µs.</summary>
    public long Believed { get; set; }

    public TaskRun? Run { get; set; }

    public byte[]? Jpeg { get; set; }

    public string? Problem { get; set; }
}
