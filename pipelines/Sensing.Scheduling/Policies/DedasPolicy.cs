namespace Sensing.Scheduling.Policies;

/// <summary>
/// Dedas, the paper's second outside baseline: a new task is tried at its place in deadline order, and in place of each
/// queued task; of the schedules that keep every deadline, the one with most tasks and then with the lowest average
/// completion time is taken.
/// </summary>
public sealed class DedasPolicy() : EdgeCloudPolicy(EdgeOrder.EarliestDeadline)
{
    public override string Name => "Dedas";

    public override void OnArrival(InferenceTask task)
    {
        if (AverageCompletion(task, without: -1) is not null)
        {
            Queue.Insert(task);
            return;
        }

        // Every replacement keeps as many tasks as the queue has now, so the average decides, the present queue included.
        double best = AverageCompletion(null, without: -1) ?? double.PositiveInfinity;
        int replaced = -1;
        for (int i = 0; i < Queue.Count; i++)
        {
            if (AverageCompletion(task, without: i) is { } average && average < best)
            {
                (best, replaced) = (average, i);
            }
        }

        if (replaced >= 0)
        {
            InferenceTask victim = Queue.TakeAt(replaced);
            Queue.Insert(task);
            Offload(victim);
        }
        else
        {
            Offload(task);
        }
    }

    /// <summary>As published, what a call costs does not matter: it is made wherever it can be in time.</summary>
    protected internal override bool CloudPays(InferenceTask task) => Schedule.Now + ExpectedCloudTime(task) <= task.Deadline;

    /// <summary>Average completion time of the queue with the task in it and one other out of it; null if one is late.</summary>
    private double? AverageCompletion(InferenceTask? added, int without)
    {
        long end = Schedule.EdgeFreeAt;
        double sum = 0;
        int count = 0;
        int position = added is null ? -1 : Queue.PositionOf(added);
        for (int i = 0; i <= Queue.Count; i++)
        {
            if (i == position && !Append(added!))
            {
                return null;
            }

            if (i < Queue.Count && i != without && !Append(Queue[i]))
            {
                return null;
            }
        }

        return count == 0 ? 0 : sum / count;

        bool Append(InferenceTask task)
        {
            end += task.EdgeTime;
            sum += end - task.Release;
            count++;
            return end <= task.Deadline;
        }
    }
}
