using Sensing.Drones;
using Sensing.Drones.Cloud;
using Sensing.Drones.Live;
using Sensing.Scheduling;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Drones;

/// <summary>One number of drones, workload and policy, run live and simulated.</summary>
internal sealed class LiveCase
{
    private const int SimulatedSeeds = 5;

    public required int Drones { get; init; }

    public required IReadOnlyList<DroneTaskKind> Kinds { get; init; }

    public required IReadOnlyList<InferenceTaskType> Types { get; init; }

    public required string Policy { get; init; }

    /// <summary>Between a drone's segments, µs.</summary>
    public required long Period { get; init; }

    /// <summary>Length, µs.</summary>
    public required long Duration { get; init; }

    public required QoeOptions Qoe { get; init; }

    /// <summary>Runs it live.</summary>
    public async Task<LiveOutcome> RunAsync(
        ITaskEngine engine, EdgeProfile profile, string cloud, IReadOnlyList<Frame> frames, CancellationToken cancellation)
    {
        var caller = new KServeCaller(new DroneCloudOptions { Url = cloud }, TimeProvider.System);
        await using var edge = new LiveEdge(
            new LiveEdgeOptions { Kinds = Kinds, Types = Types, Qoe = Qoe }, PolicyCatalogue.Create(Policy)!, engine, caller, profile, TimeProvider.System,
            ownsEngine: false);
        var ends = new List<Task<TaskResult>>();
        long segments = Duration / Period;
        for (long n = 0; n < segments * Drones; n++)
        {
            long due = n * Period / Drones;
            while (due - edge.Now is > 0 and var wait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, wait / 1000)), TimeProvider.System, cancellation);
            }

            (long number, long drone) = Math.DivRem(n, Drones);
            int[] order = [.. Enumerable.Range(0, Kinds.Count).Select(i => (int)((i + n) % Kinds.Count))];
            var work = new SegmentWork($"drone {drone}", number, frames[(int)(n % frames.Count)].Copy(), order);
            for (int i = 0; i < order.Length; i++)
            {
                ends.Add(EndAsync(edge, new TaskRequest(work, i), cancellation));
            }
        }

        TaskResult[] results = await Task.WhenAll(ends);
        return new LiveOutcome(edge.Account, results, edge.DecisionMs ?? 0);
    }

    /// <summary>The same drones in the simulator, with times drawn from those that were measured; the mean over
    /// seeds.</summary>
    /// <param name="edgeTimes">Measured times on the edge of each type, µs.</param>
    /// <param name="cloudTimes">Measured times of a cloud call, µs.</param>
    public double Simulate(IReadOnlyList<IReadOnlyList<long>> edgeTimes, IReadOnlyList<IReadOnlyList<long>> cloudTimes)
    {
        double sum = 0;
        for (int seed = 0; seed < SimulatedSeeds; seed++)
        {
            var draw = new Random(1000 + seed);
            var tasks = new List<InferenceTask>();
            List<long> edge = [], cloud = [];
            for (long n = 0; n < Duration / Period * Drones; n++)
            {
                for (int i = 0; i < Kinds.Count; i++)
                {
                    int type = (int)((i + n) % Kinds.Count);
                    tasks.Add(new InferenceTask(tasks.Count, type, Types[type], (int)(n % Drones), n * Period / Drones));
                    edge.Add(edgeTimes[type][draw.Next(edgeTimes[type].Count)]);
                    cloud.Add(cloudTimes[type][draw.Next(cloudTimes[type].Count)]);
                }
            }

            // The endpoint runs one request at a time, and calls are cancelled at their deadlines.
            var workload = new Workload { Name = "live", Drones = Drones, Types = Types, Duration = Duration, SegmentPeriod = Period, CloudSlots = 1 };
            sum += Simulator.Run(
                new TaskStream(workload, tasks, edge, cloud), new CloudConditions("calm", [], []), PolicyCatalogue.Create(Policy)!,
                LatencyOptions.Default with { CloudTimeout = Types.Max(type => type.RelativeDeadline) }, Qoe).Utility;
        }

        return sum / SimulatedSeeds;
    }

    private static async Task<TaskResult> EndAsync(LiveEdge edge, TaskRequest request, CancellationToken cancellation)
    {
        using (request)
        {
            return await edge.RunAsync(request, cancellation);
        }
    }
}
