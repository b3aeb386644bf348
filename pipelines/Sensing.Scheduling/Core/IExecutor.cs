namespace Sensing.Scheduling;

/// <summary>Runs what the policy decides: the simulator with drawn times, or a live edge and cloud.</summary>
/// <remarks>The executor reports the end with <see cref="SchedulingCore.EdgeFinished"/> and <see cref="SchedulingCore.CloudFinished"/>,
/// never from within these calls. The task's <see cref="InferenceTask.StartedAt"/> is the present.</remarks>
public interface IExecutor
{
    void StartOnEdge(InferenceTask task);

    void SendToCloud(InferenceTask task);

    /// <summary>Ends a run or a call early. Its end is reported as <see cref="RunOutcome.Censored"/>, or as it was where it came first.</summary>
    void Cancel(InferenceTask task);
}
