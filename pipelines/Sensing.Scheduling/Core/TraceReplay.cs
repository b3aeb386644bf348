namespace Sensing.Scheduling;

/// <summary>Accounts a run again from its trace alone, sharing no code with the running account.</summary>
public static class TraceReplay
{
    /// <exception cref="SchedulingException">A task ran twice, ended without a start, or never ended.</exception>
    public static UtilityAccount Account(
        IEnumerable<TraceEntry> trace, IReadOnlyList<InferenceTaskType> types, QoeOptions qoe)
    {
        var lives = new Dictionary<int, List<TraceEntry>>();
        foreach (TraceEntry entry in trace)
        {
            if (!lives.TryGetValue(entry.TaskId, out List<TraceEntry>? life))
            {
                lives[entry.TaskId] = life = [];
            }

            life.Add(entry);
        }

        var account = new UtilityAccount { Arrived = lives.Count };
        var windows = new Dictionary<(int Type, long Window), (int Completed, int All)>();
        foreach ((int id, List<TraceEntry> life) in lives)
        {
            account += One(id, life, types);
            TraceEntry last = life[^1];
            (int, long) key = (last.TypeIndex, last.Release / qoe.Window);
            (int completed, int all) = windows.GetValueOrDefault(key);
            windows[key] = (completed + (InTime(last, types) ? 1 : 0), all + 1);
        }

        long bonus = windows.Where(w => w.Value.Completed >= qoe.Rate * w.Value.All).Sum(w => (long)types[w.Key.Type].QoeBonus);
        return account with { Qoe = bonus };
    }

    private static bool InTime(TraceEntry end, IReadOnlyList<InferenceTaskType> types) =>
        end.Kind is TraceKind.EdgeFinished or TraceKind.CloudFinished
        && end.At <= end.Release + (types[end.TypeIndex].DeadlineMs * 1000L);

    private static UtilityAccount One(int id, List<TraceEntry> life, IReadOnlyList<InferenceTaskType> types)
    {
        InferenceTaskType type = types[life[0].TypeIndex];
        TraceEntry end = life[^1];
        bool inTime = InTime(end, types);
        return life.Select(e => e.Kind).ToArray() switch
        {
            [TraceKind.Arrived, TraceKind.Dropped] => new UtilityAccount { Dropped = 1 },
            [TraceKind.Arrived, TraceKind.StartedOnEdge, TraceKind.EdgeFinished or TraceKind.EdgeFailed] => inTime
                ? new UtilityAccount { EdgeCompleted = 1, Utility = type.Benefit - type.EdgeCost }
                : new UtilityAccount { EdgeLate = 1, Utility = -type.EdgeCost },
            [TraceKind.Arrived, TraceKind.SentToCloud, TraceKind.CloudFinished or TraceKind.CloudFailed] => inTime
                ? new UtilityAccount { CloudCompleted = 1, Utility = type.Benefit - type.CloudCost }
                : new UtilityAccount { CloudLate = 1, Utility = -type.CloudCost },
            var kinds => throw new SchedulingException($"task {id} lived {string.Join(", ", kinds)}: no life of a task."),
        };
    }
}
