namespace Sensing.Scheduling.Policies;

/// <summary>
/// DEMS: DEM with work stealing. A cloud-bound task waits until the last moment at which the cloud can still make it;
/// an edge with slack before its head task must start steals the waiting task that gains most from the edge.
/// </summary>
public class DemsPolicy(DemsOptions options) : DemPolicy
{
    public DemsPolicy()
        : this(DemsOptions.Default)
    {
    }

    public override string Name => "DEMS";

    protected DemsOptions Options { get; } = options;

    /// <summary>Cloud-bound tasks before their trigger time.</summary>
    protected DeferredQueue Deferred { get; } = new();

    public override void OnWake() => SendDue();

    public override void OnEdgeIdle()
    {
        SendDue();
        DropHopeless();
        if (Steal() is { } stolen)
        {
            stolen.Move = TaskMove.Stolen;
            Schedule.StartOnEdge(stolen, stolen.EdgeTime);
            return;
        }

        base.OnEdgeIdle();
    }

    /// <summary>Tasks whose cloud call does not pay wait as well, for the edge alone, until it cannot make them.</summary>
    protected override void Offload(InferenceTask task)
    {
        if (task.Type.CloudUtility <= 0)
        {
            Defer(task, task.Deadline - task.EdgeTime);
        }
        else if (CloudPays(task))
        {
            Defer(task, task.Deadline - ExpectedCloudTime(task) - Options.TriggerMargin);
        }
        else
        {
            Refuse(task);
        }
    }

    /// <summary>Sends what has reached its trigger time, or drops it where the cloud no longer pays.</summary>
    private void SendDue()
    {
        while (Deferred.TryTakeDue(Schedule.Now, out InferenceTask task))
        {
            base.Offload(task);
        }

        if (Deferred.Count > 0)
        {
            Schedule.WakeAt(Deferred.NextTrigger);
        }
    }

    private void Defer(InferenceTask task, long trigger)
    {
        Deferred.Add(task, trigger);
        Schedule.WakeAt(trigger);
    }

    private InferenceTask? Steal()
    {
        int best = -1;
        double bestRank = double.NegativeInfinity;
        for (int i = 0; i < Deferred.Count; i++)
        {
            InferenceTask task = Deferred[i];
            double rank = StealRank(task);
            if (rank > bestRank && Schedule.Now + task.EdgeTime <= task.Deadline && LeavesQueueInTime(task.EdgeTime))
            {
                (best, bestRank) = (i, rank);
            }
        }

        return best < 0 ? null : Deferred.TakeAt(best);
    }

    /// <summary>(γE − γC) / t, with the tasks that have no cloud to go to ahead of all others.</summary>
    private static double StealRank(InferenceTask task)
    {
        double rank = (double)(task.Type.EdgeUtility - task.Type.CloudUtility) / task.Type.EdgeMs;
        return task.Type.CloudUtility <= 0 ? 1e6 + rank : rank;
    }

    private bool LeavesQueueInTime(long time)
    {
        long end = Schedule.Now + time;
        for (int i = 0; i < Queue.Count; i++)
        {
            long without = end - time + Queue[i].EdgeTime;
            end += Queue[i].EdgeTime;
            if (end > Queue[i].Deadline && without <= Queue[i].Deadline)
            {
                return false;
            }
        }

        return true;
    }
}
