using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests;

/// <summary>Hand-made runs: a few tasks with known real times, and what became of each.</summary>
internal static class Recorded
{
    public static readonly CloudConditions Calm = new("calm", [], []);

    /// <summary>Tasks of published types at these times; real times are the expected ones unless a factor is given.</summary>
    public static TaskStream Tasks(
        IReadOnlyList<InferenceTaskType> types, IEnumerable<(string Type, double AtMs)> tasks, double edgeFactor = 1, double cloudFactor = 1)
    {
        var made = new List<InferenceTask>();
        foreach ((string name, double at) in tasks)
        {
            int type = types.Select((t, i) => (t, i)).First(x => x.t.Name == name).i;
            made.Add(new InferenceTask(made.Count, type, types[type], 0, (long)(at * 1000)));
        }

        var workload = new Workload { Name = "recorded", Drones = 1, Types = types };
        return new TaskStream(
            workload,
            made,
            [.. made.Select(t => (long)(t.Type.EdgeTime * edgeFactor))],
            [.. made.Select(t => (long)(t.Type.CloudTime * cloudFactor))]);
    }

    public static List<TraceEntry> Trace(SchedulingPolicy policy, TaskStream stream, CloudConditions? conditions = null)
    {
        var trace = new List<TraceEntry>();
        Simulator.Run(stream, conditions ?? Calm, policy, LatencyOptions.Default, QoeOptions.Default, trace.Add);
        return trace;
    }

    /// <summary>What was decided for a task: <c>edge@250</c>, <c>cloud@0</c> or <c>drop@700</c>, times in whole ms.</summary>
    public static string Fate(this IEnumerable<TraceEntry> trace, int task)
    {
        TraceEntry decision = trace.Single(e => e.TaskId == task
            && e.Kind is TraceKind.StartedOnEdge or TraceKind.SentToCloud or TraceKind.Dropped && e.TaskId == task);
        string where = decision.Kind switch
        {
            TraceKind.StartedOnEdge => "edge",
            TraceKind.SentToCloud => "cloud",
            _ => "drop",
        };
        return $"{where}@{decision.At / 1000}";
    }

    public static string[] Fates(this IReadOnlyCollection<TraceEntry> trace) =>
        [.. trace.Select(e => e.TaskId).Distinct().Order().Select(id => trace.Fate(id))];
}
