using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Yardsticks;

/// <summary>What the cloud would have been worth to a task, had one known its real time.</summary>
public static class CloudHindsight
{
    /// <summary>γC if some moment to call would have brought the result in time and that pays, else 0 (do not call).</summary>
    /// <param name="task">Whose call.</param>
    /// <param name="cloudTime">Its real time, µs.</param>
    /// <param name="conditions">How the cloud behaves.</param>
    /// <param name="latency">The cloud's timeout.</param>
    /// <param name="upload">Least time on the uplink, µs: its segment cannot be in the cloud before its release plus this.</param>
    public static int Worth(
        InferenceTask task, long cloudTime, CloudConditions conditions, LatencyOptions latency, long upload = 0)
    {
        if (task.Type.CloudUtility <= 0)
        {
            return 0;
        }

        // s + added(s) is linear between knots, so its least value lies at the release, at a knot, or just before one
        // (a step), or at the end of an outage.
        if (InTime(task.Release))
        {
            return task.Type.CloudUtility;
        }

        foreach ((long at, _) in conditions.Knots)
        {
            if (InTime(at) || InTime(at - 1))
            {
                return task.Type.CloudUtility;
            }
        }

        foreach ((long from, long to) in conditions.Outages)
        {
            if (InTime(to) || InTime(from - 1))
            {
                return task.Type.CloudUtility;
            }
        }

        return 0;

        bool InTime(long sent)
        {
            if (sent < task.Release || sent > task.Deadline || conditions.IsAwayAt(sent))
            {
                return false;
            }

            long took = cloudTime + conditions.AddedAt(sent);
            return took <= latency.CloudTimeout && Math.Max(sent, task.Release + upload) + took <= task.Deadline;
        }
    }
}
