namespace Sensing.Scheduling.Policies;

/// <summary>Runs everything on the edge in a fixed order; a task that can no longer make it is dropped when its turn comes.</summary>
public abstract class EdgeOnlyPolicy(Func<InferenceTask, double> order) : SchedulingPolicy
{
    private readonly EdgeQueue _queue = new(order);

    public override void OnArrival(InferenceTask task) => _queue.Insert(task);

    public override void OnEdgeIdle()
    {
        while (_queue.Count > 0)
        {
            InferenceTask task = _queue.TakeAt(0);
            if (Schedule.Now + task.EdgeTime <= task.Deadline)
            {
                Schedule.StartOnEdge(task, task.EdgeTime);
                return;
            }

            Schedule.Drop(task);
        }
    }
}
