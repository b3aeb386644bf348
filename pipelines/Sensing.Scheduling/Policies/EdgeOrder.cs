namespace Sensing.Scheduling.Policies;

/// <summary>The orders in which the baselines' edge queues run.</summary>
public static class EdgeOrder
{
    /// <summary>Earliest deadline first.</summary>
    public static double EarliestDeadline(InferenceTask task) => task.Deadline;

    /// <summary>Highest utility for each unit of edge time first.</summary>
    public static double HighestUtilityRate(InferenceTask task) => -(double)task.Type.EdgeUtility / task.Type.EdgeMs;

    /// <summary>Shortest job first.</summary>
    public static double ShortestJob(InferenceTask task) => task.EdgeTime;
}
