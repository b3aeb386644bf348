namespace Sensing.Scheduling.Policies;

/// <summary>CLD: every task goes to the cloud at once, unless its cloud utility is not positive.</summary>
public sealed class CloudOnlyPolicy : SchedulingPolicy
{
    public override string Name => "CLD";

    public override void OnArrival(InferenceTask task)
    {
        if (task.Type.CloudUtility > 0 && Schedule.Now + task.Type.CloudTime <= task.Deadline)
        {
            Schedule.SendToCloud(task, task.Type.CloudTime);
        }
        else
        {
            Schedule.Drop(task);
        }
    }

    public override void OnEdgeIdle()
    {
    }
}
