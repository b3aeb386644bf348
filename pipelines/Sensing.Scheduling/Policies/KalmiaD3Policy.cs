namespace Sensing.Scheduling.Policies;

/// <summary>
/// Kalmia-D3, the paper's first outside baseline: Kalmia's split into urgent and tolerant tasks with D3's moved deadlines.
/// Urgent tasks run shortest first; DEV, MD and BP, in order of arrival behind them, are planned with 10 % more time.
/// </summary>
/// <remarks>
/// The longer deadline is what the policy admits tasks by. What a result is worth still ends at the task's own, and a task
/// that can no longer make that is dropped when its turn comes.
/// </remarks>
public sealed class KalmiaD3Policy() : EdgeCloudPolicy(Order)
{
    private const double Extension = 0.1;

    public override string Name => "Kalmia-D3";

    protected override long BelievedDeadline(InferenceTask task) =>
        task.Deadline + (IsTolerant(task) ? (long)(Extension * task.Type.RelativeDeadline) : 0);

    /// <summary>As published, what a call costs does not matter: it is made wherever it can be in time.</summary>
    protected internal override bool CloudPays(InferenceTask task) => Schedule.Now + ExpectedCloudTime(task) <= task.Deadline;

    private static bool IsTolerant(InferenceTask task) => task.Type.Name is "DEV" or "MD" or "BP";

    // Arrival, in µs, is far above any edge time, so the tolerant stand behind all the urgent.
    private static double Order(InferenceTask task) => IsTolerant(task) ? 1e9 + task.Release : task.EdgeTime;
}
