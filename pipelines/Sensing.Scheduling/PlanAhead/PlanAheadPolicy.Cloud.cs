namespace Sensing.Scheduling.PlanAhead;

/// <content>What leaves for the cloud, and when.</content>
public sealed partial class PlanAheadPolicy
{
    /// <summary>A call less likely than this to be in time is known to be late; no published type's call pays below 0.2.</summary>
    private const double LeastChance = 0.05;

    /// <summary>Added time from which a cloud counts as slow, µs: about what one call's own spread would hide.</summary>
    private const double SlowCloud = 40_000;

    private FreshChance[] _fresh = [];

    /// <summary>Expected utility of a call for the task, made now.</summary>
    private double CloudWorth(InferenceTask task) =>
        (Benefit(task) * _cloud.InTime(task.TypeIndex, CloudSlack(task))) - task.Type.CloudCost;

    /// <summary>Time for the cloud alone, were the task called for now: what is left behind the uplink, µs.</summary>
    private long CloudSlack(InferenceTask task) =>
        task.Deadline - (_uplink?.ReadyAt(task, Schedule.Now) ?? Schedule.Now);

    /// <summary>Expected utility of a call for a task of this type that has just arrived.</summary>
    private double FreshCloudWorth(int type, double qoeShare)
    {
        InferenceTaskType kind = Schedule.Types[type];
        ref FreshChance fresh = ref _fresh[type];
        if (fresh.Version != _cloud.Version)
        {
            fresh = new FreshChance(_cloud.Version, _cloud.InTime(type, kind.RelativeDeadline - _freshDelay));
        }

        return ((kind.Benefit + qoeShare) * fresh.Chance) - kind.CloudCost;
    }

    /// <summary>
    /// Tasks outside the plan do not wait: each goes to the cloud while that pays. The plan has counted on all that is known
    /// to come, so the chance that room is found later is worth less than the chance of being in time that waiting costs.
    /// Where the cloud does not pay, a task waits for the edge until that cannot make it, and no plan is needed to say so.
    /// </summary>
    private void ReleaseUnplanned(int type)
    {
        List<InferenceTask> waiting = _waiting[type];
        if (_qoe is null && FreshCloudWorth(type, 0) <= 0)
        {
            // What does not pay for a fresh task pays for none, and the earliest deadline stands first.
            int hopeless = 0;
            while (hopeless < waiting.Count && DropIfHopeless(waiting[hopeless]))
            {
                hopeless++;
            }

            waiting.RemoveRange(0, hopeless);
            return;
        }

        int kept = 0;
        for (int i = 0; i < waiting.Count; i++)
        {
            InferenceTask task = waiting[i];
            if (CloudWorth(task) > 0 && CloudSlack(task) >= _cloud.SlackFor(type, LeastChance))
            {
                if (_planStale)
                {
                    Replan();
                }

                if (!IsPlanned(task))
                {
                    Send(task, task.Deadline - Schedule.Now - CloudSlack(task) + _cloud.SlackFor(type, LeastChance));
                    continue;
                }
            }
            else if (DropIfHopeless(task))
            {
                continue;
            }

            waiting[kept++] = task;
        }

        waiting.RemoveRange(kept, waiting.Count - kept);
    }

    /// <summary>Drops a task that the edge cannot make either, or wakes when it no longer can.</summary>
    private bool DropIfHopeless(InferenceTask task)
    {
        long last = task.Deadline - (long)_edge.Mean(task.TypeIndex);
        if (last > Schedule.Now)
        {
            Schedule.WakeAt(last);
            return false;
        }

        Schedule.Drop(task);
        return true;
    }

    /// <summary>
    /// Where the cloud is believed to be slow or down, and nothing has been sent for a while because of it, nothing is
    /// learned: of the tasks that have just arrived, the one that loses least if its call fails is sent to see.
    /// </summary>
    private void Probe()
    {
        if (Schedule.Now - _sentAt < options.ProbePeriod
            || !(_cloud.Added > SlowCloud || _cloud.IsDown || SomeTypeIsKeptFromTheCloud()))
        {
            return;
        }

        int least = -1;
        double leastLoss = double.PositiveInfinity;
        for (int type = 0; type < _waiting.Length; type++)
        {
            if (_waiting[type].Count > 0 && _waiting[type][^1] is { } task && task.Release == Schedule.Now && PaysInACalmCloud(task.Type))
            {
                if (_planStale)
                {
                    Replan();
                }

                double loss = task.Type.CloudCost + (IsPlanned(task) ? Benefit(task) : 0);
                if (loss < leastLoss)
                {
                    (least, leastLoss) = (type, loss);
                }
            }
        }

        if (least >= 0)
        {
            InferenceTask task = _waiting[least][^1];
            _waiting[least].RemoveAt(_waiting[least].Count - 1);
            _planStale = true;
            Send(task, task.Type.CloudTime);
        }
    }

    private bool SomeTypeIsKeptFromTheCloud()
    {
        for (int type = 0; type < _waiting.Length; type++)
        {
            if (PaysInACalmCloud(Schedule.Types[type]) && FreshCloudWorth(type, 0) <= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool PaysInACalmCloud(InferenceTaskType type) =>
        type.CloudUtility > 0 && type.CloudTime <= type.RelativeDeadline;

    private void Send(InferenceTask task, double expected)
    {
        _sentAt = Schedule.Now;
        long ready = _uplink?.Send(task, Schedule.Now) ?? Schedule.Now;
        _cloud.Sent(task, ready);
        if (_uplink is not null)
        {
            _freshDelay += (ready - Schedule.Now - _freshDelay) / 16;
        }

        Schedule.SendToCloud(task, (long)expected);
    }

    private readonly record struct FreshChance(int Version, double Chance);
}
