namespace Sensing.Scheduling.Simulation;

/// <summary>Runs one policy on one edge's tasks in virtual time.</summary>
public static class Simulator
{
    /// <param name="stream">The tasks and their real times. Fresh: a task lives once.</param>
    /// <param name="conditions">How the cloud behaves.</param>
    /// <param name="policy">A fresh policy.</param>
    /// <param name="latency">Its timeout is the executor's; the spread is in the stream already.</param>
    /// <param name="qoe">The windows of the quality of experience.</param>
    /// <param name="trace">Receives every event and decision, if given.</param>
    public static UtilityAccount Run(
        TaskStream stream,
        CloudConditions conditions,
        SchedulingPolicy policy,
        LatencyOptions latency,
        QoeOptions qoe,
        Action<TraceEntry>? trace = null)
    {
        var executor = new DrawnTimes(stream, conditions, latency);
        var core = new SchedulingCore(stream.Workload.Types, policy, executor, qoe, trace, stream.Workload.Uplink);
        executor.Clock = () => core.Now;
        int next = 0;
        while (true)
        {
            // At one instant: what ended, then what arrives, then the policy's own wake, so that no decision is made
            // with half of an instant's news.
            long arrival = next < stream.Tasks.Count ? stream.Tasks[next].Release : long.MaxValue;
            long ended = Math.Min(executor.EdgeEnd, executor.NextCloudEnd);
            if (ended != long.MaxValue && ended <= arrival && ended <= core.NextWake)
            {
                executor.ReportNext(core);
            }
            else if (arrival != long.MaxValue && arrival <= core.NextWake)
            {
                core.Arrive(stream.Tasks[next++]);
            }
            else if (core.NextWake != long.MaxValue)
            {
                core.Wake(core.NextWake);
            }
            else
            {
                break;
            }
        }

        return core.Open == 0 ? core.Account
            : throw new SchedulingException($"{policy.Name} left {core.Open} tasks undecided with nothing left to wait for.");
    }
}
