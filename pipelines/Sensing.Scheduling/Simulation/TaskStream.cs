namespace Sensing.Scheduling.Simulation;

/// <summary>All tasks of one edge's run with their real times, which no policy sees.</summary>
/// <remarks>
/// Drawn from a stream for each purpose: the same seed gives the same tasks and times under every policy and every
/// scenario, so what differs between two runs is the policy alone.
/// </remarks>
public sealed class TaskStream
{
    /// <summary>z of the 95th percentile.</summary>
    private const double Z95 = 1.6448536269514722;

    /// <summary>Given tasks, such as a recording or a hand-made case.</summary>
    /// <param name="workload">Its types; the rest is for tables.</param>
    /// <param name="tasks">In order of arrival; a task's id is its index.</param>
    /// <param name="edgeTimes">For each task, µs.</param>
    /// <param name="cloudTimes">For each task, µs.</param>
    public TaskStream(
        Workload workload, IReadOnlyList<InferenceTask> tasks, IReadOnlyList<long> edgeTimes, IReadOnlyList<long> cloudTimes)
    {
        Workload = workload;
        Tasks = tasks;
        EdgeTimes = edgeTimes;
        CloudTimes = cloudTimes;
    }

    public Workload Workload { get; }

    /// <summary>In order of arrival; a task's id is its index.</summary>
    public IReadOnlyList<InferenceTask> Tasks { get; }

    /// <summary>Real time on the edge for each task, µs.</summary>
    public IReadOnlyList<long> EdgeTimes { get; }

    /// <summary>Real time of a cloud call for each task, before what the network adds, µs.</summary>
    public IReadOnlyList<long> CloudTimes { get; }

    public static TaskStream Draw(Workload workload, LatencyOptions latency, long seed)
    {
        var orders = new SeededStream(seed, "order within a segment");
        var edge = new SeededStream(seed, "edge time");
        var cloud = new SeededStream(seed, "cloud time");
        var edgeTail = new SeededStream(seed, "slow run on the edge");
        var cloudTail = new SeededStream(seed, "slow call of the cloud");

        List<(long At, int Drone)> segments = ArrivalDraw.Segments(workload, seed);
        int types = workload.Types.Count;
        int[] order = [.. Enumerable.Range(0, types)];
        var tasks = new InferenceTask[segments.Count * types];
        var edgeTimes = new long[tasks.Length];
        var cloudTimes = new long[tasks.Length];
        int id = 0;
        foreach ((long at, int drone) in segments)
        {
            orders.Shuffle(order);
            foreach (int type in order)
            {
                InferenceTaskType kind = workload.Types[type];
                tasks[id] = new InferenceTask(id, type, kind, drone, at);
                edgeTimes[id] = Lengthen(Spread(kind.EdgeTime, latency.EdgeSigma, edge), workload.EdgeTail, edgeTail);
                cloudTimes[id] = Lengthen(Spread(kind.CloudTime, latency.CloudSigma, cloud), workload.CloudTail, cloudTail);
                id++;
            }
        }

        return new TaskStream(workload, tasks, edgeTimes, cloudTimes);
    }

    /// <summary>The same tasks with their lives before them, for another run.</summary>
    public TaskStream Again() => new(
        Workload,
        [.. Tasks.Select(t => new InferenceTask(t.Id, t.TypeIndex, t.Type, t.Drone, t.Release))],
        EdgeTimes,
        CloudTimes);

    /// <summary>Log-normal with <paramref name="percentile95"/> as its 95th percentile.</summary>
    private static long Spread(long percentile95, double sigma, SeededStream stream) =>
        (long)(percentile95 * Math.Exp(sigma * (stream.Normal() - Z95)));

    private static long Lengthen(long time, TailOptions tail, SeededStream stream) =>
        stream.Uniform() < tail.Share ? (long)(time * tail.Factor) : time;
}
