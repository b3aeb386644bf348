namespace Sensing.Scheduling.Policies;

/// <summary>
/// DEM: E+C (EDF) with migration. Where a new task would make tasks behind it late, its score is weighed against the sum
/// of theirs, and the lower side goes to the cloud.
/// </summary>
public class DemPolicy() : EdgeCloudPolicy(EdgeOrder.EarliestDeadline)
{
    private readonly List<InferenceTask> _victims = [];

    public override string Name => "DEM";

    protected override void Admit(InferenceTask task, int position)
    {
        FindVictims(task, position);
        long victimsScore = 0;
        foreach (InferenceTask victim in _victims)
        {
            victimsScore += Score(victim);
        }

        if (_victims.Count > 0 && Score(task) <= victimsScore)
        {
            Offload(task);
            return;
        }

        foreach (InferenceTask victim in _victims)
        {
            Queue.Remove(victim);
            victim.Move = TaskMove.Migrated;
            Offload(victim);
        }

        Queue.Insert(task);
    }

    /// <summary>What the edge gains over the alternative: γE − γC if the cloud can still make it, else γE.</summary>
    protected long Score(InferenceTask task) =>
        CloudPays(task) ? task.Type.EdgeUtility - task.Type.CloudUtility : task.Type.EdgeUtility;

    /// <summary>
    /// The tasks from the insertion point on, that one included (the published code starts one behind it), that would be
    /// late behind the new task. A victim's time is given to those behind it.
    /// </summary>
    private void FindVictims(InferenceTask task, int position)
    {
        _victims.Clear();
        long end = Schedule.EdgeFreeAt + Queue.TimeAhead(position) + task.EdgeTime;
        for (int i = position; i < Queue.Count; i++)
        {
            InferenceTask behind = Queue[i];
            if (end + behind.EdgeTime > behind.Deadline)
            {
                _victims.Add(behind);
            }
            else
            {
                end += behind.EdgeTime;
            }
        }
    }
}
