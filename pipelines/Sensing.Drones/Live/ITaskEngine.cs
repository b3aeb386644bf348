namespace Sensing.Drones.Live;

/// <summary>Runs tasks on one accelerator, one at a time.</summary>
public interface ITaskEngine : IDisposable
{
    /// <summary>The variants of a task, the one that it is planned with first.</summary>
    IReadOnlyList<TaskVariant> VariantsOf(DroneTaskKind kind);

    /// <summary>Runs a task on the caller's thread.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled in mid-run.</exception>
    TaskRun Run(SegmentWork segment, DroneTaskKind kind, TaskVariant variant, CancellationToken cancellation);
}
