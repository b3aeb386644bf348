namespace Sensing.Scheduling.Policies;

/// <summary>
/// E+C: a task joins the edge queue if it fits behind those ahead of it; otherwise it goes to the cloud if that pays and
/// can make it; otherwise it is dropped. The base of DEM and all that grew from it.
/// </summary>
public abstract class EdgeCloudPolicy(Func<InferenceTask, double> order) : SchedulingPolicy
{
    /// <summary>Tasks that wait for the edge.</summary>
    protected EdgeQueue Queue { get; } = new(order);

    public override void OnArrival(InferenceTask task)
    {
        int position = Queue.PositionOf(task);
        if (Schedule.EdgeFreeAt + Queue.TimeAhead(position) + task.EdgeTime <= BelievedDeadline(task))
        {
            Admit(task, position);
        }
        else
        {
            Offload(task);
        }
    }

    public override void OnEdgeIdle()
    {
        DropHopeless();
        if (Queue.Count > 0)
        {
            InferenceTask task = Queue.TakeAt(0);
            Schedule.StartOnEdge(task, task.EdgeTime);
        }
    }

    /// <summary>Drops heads of the queue that can no longer make it.</summary>
    protected void DropHopeless()
    {
        while (Queue.Count > 0 && Schedule.Now + Queue[0].EdgeTime > Queue[0].Deadline)
        {
            Drop(Queue.TakeAt(0));
        }
    }

    /// <summary>The deadline that tasks are admitted by. Nothing starts past the real one.</summary>
    protected virtual long BelievedDeadline(InferenceTask task) => task.Deadline;

    /// <summary>The cloud time the policy plans by, µs.</summary>
    protected virtual long ExpectedCloudTime(InferenceTask task) => task.Type.CloudTime;

    /// <summary>Whether a cloud call made now pays and comes back in time, as far as the policy knows.</summary>
    protected internal virtual bool CloudPays(InferenceTask task) =>
        task.Type.CloudUtility > 0 && Schedule.Now + ExpectedCloudTime(task) <= task.Deadline;

    /// <summary>The task fits the edge queue at this position.</summary>
    protected virtual void Admit(InferenceTask task, int position) => Queue.Insert(task);

    /// <summary>The task leaves, or never joined, the edge queue.</summary>
    protected virtual void Offload(InferenceTask task)
    {
        if (CloudPays(task))
        {
            Send(task);
        }
        else
        {
            Refuse(task);
        }
    }

    /// <summary>Calls the cloud for a task for which that pays.</summary>
    protected virtual void Send(InferenceTask task) => Schedule.SendToCloud(task, ExpectedCloudTime(task));

    /// <summary>Neither the edge nor the cloud takes the task.</summary>
    protected virtual void Refuse(InferenceTask task) => Drop(task);

    /// <summary>The task is given up.</summary>
    protected virtual void Drop(InferenceTask task) => Schedule.Drop(task);
}
