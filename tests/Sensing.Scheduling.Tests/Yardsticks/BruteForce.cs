using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Scheduling.Tests.Yardsticks;

/// <summary>The best utility there is, with all real times known: every subset for the edge in every order.</summary>
internal static class BruteForce
{
    public static long Utility(TaskStream stream, CloudConditions conditions, LatencyOptions latency)
    {
        long[] cloud = [.. stream.Tasks.Select(t => (long)CloudHindsight.Worth(t, stream.CloudTimes[t.Id], conditions, latency))];
        return cloud.Sum() + BestGain(stream, cloud, 0, new bool[cloud.Length]);
    }

    /// <summary>The most that tasks not yet run add over the cloud, on an edge free from a time on. Not running more is a choice.</summary>
    private static long BestGain(TaskStream stream, long[] cloud, long free, bool[] run)
    {
        long best = 0;
        for (int i = 0; i < run.Length; i++)
        {
            InferenceTask task = stream.Tasks[i];
            long end = Math.Max(free, task.Release) + stream.EdgeTimes[i];
            if (!run[i] && end <= task.Deadline)
            {
                run[i] = true;
                best = Math.Max(best, task.Type.EdgeUtility - cloud[i] + BestGain(stream, cloud, end, run));
                run[i] = false;
            }
        }

        return best;
    }
}
