using CsCheck;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Scheduling.Tests.Policies;

/// <summary>What every policy must hold, on drawn workloads, spreads and scenarios. A policy joins by its line in the catalogue.</summary>
public class PolicyConformanceTests
{
    private static readonly Gen<(Workload Workload, LatencyOptions Latency, string Scenario, long Seed)> Runs = Gen.Select(
        Gen.Int[1, 5], Gen.Bool, Gen.Double[0, 0.3], Gen.Double[0, 0.8], Gen.Int[0, Variability.Names.Count - 1].Select(i => Variability.Names[i]), Gen.Long[0, 1_000_000])
        .Select((drones, active, edge, cloud, scenario, seed) => (
            Variability.Shape(scenario, active ? Workload.Active(drones) : Workload.Passive(drones)) with { Duration = 12_000_000 },
            new LatencyOptions { EdgeSigma = edge, CloudSigma = cloud },
            scenario,
            seed));

    public static TheoryData<string> All => new(PolicyCatalogue.Names);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_task_lives_once_and_ends_in_one_of_three_ways(string policy) => Runs.Sample(
        run =>
        {
            foreach (IGrouping<int, TraceEntry> life in Run(policy, run).Trace.GroupBy(e => e.TaskId))
            {
                TraceKind[] kinds = [.. life.Select(e => e.Kind)];
                Assert.True(
                    kinds is [TraceKind.Arrived, TraceKind.Dropped]
                        or [TraceKind.Arrived, TraceKind.StartedOnEdge, TraceKind.EdgeFinished]
                        or [TraceKind.Arrived, TraceKind.SentToCloud, TraceKind.CloudFinished or TraceKind.CloudFailed],
                    $"task {life.Key}: {string.Join(", ", kinds)}");
            }
        },
        iter: 15,
        threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void No_task_is_lost(string policy) => Runs.Sample(
        run =>
        {
            (List<TraceEntry> trace, UtilityAccount account) = Run(policy, run);
            int tasks = TaskStream.Draw(run.Workload, run.Latency, run.Seed).Tasks.Count;
            Assert.Equal(tasks, account.Arrived);
            Assert.Equal(tasks, account.Completed + account.EdgeLate + account.CloudLate + account.Dropped);
            Assert.Equal(tasks, trace.Select(e => e.TaskId).Distinct().Count());
        },
        iter: 15,
        threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void The_edge_never_runs_two_at_once(string policy) => Runs.Sample(
        run =>
        {
            int? running = null;
            foreach (TraceEntry entry in Run(policy, run).Trace)
            {
                if (entry.Kind == TraceKind.StartedOnEdge)
                {
                    Assert.Null(running);
                    running = entry.TaskId;
                }
                else if (entry.Kind == TraceKind.EdgeFinished)
                {
                    Assert.Equal(entry.TaskId, running);
                    running = null;
                }
            }
        },
        iter: 15,
        threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_starts_that_is_known_to_be_late(string policy) => Runs.Sample(
        run =>
        {
            foreach (TraceEntry start in Run(policy, run).Trace.Where(e => e.Kind is TraceKind.StartedOnEdge or TraceKind.SentToCloud))
            {
                Assert.True(start.Expected > 0);
                Assert.True(start.At + start.Expected <= start.Release + run.Workload.Types[start.TypeIndex].RelativeDeadline);
            }
        },
        iter: 15,
        threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void The_trace_accounts_to_the_running_account(string policy) => Runs.Sample(
        run =>
        {
            (List<TraceEntry> trace, UtilityAccount account) = Run(policy, run);
            Assert.Equal(account, TraceReplay.Account(trace, run.Workload.Types, QoeOptions.Default));
        },
        iter: 15,
        threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_trace(string policy) => Runs.Sample(
        run => Assert.Equal(Run(policy, run).Trace, Run(policy, run).Trace), iter: 10, threads: 1);

    [Theory]
    [MemberData(nameof(All))]
    public void No_policy_beats_the_clairvoyant_bound(string policy) => Runs.Sample(
        run =>
        {
            TaskStream stream = TaskStream.Draw(run.Workload, run.Latency, run.Seed);
            double bound = ClairvoyantBound.Utility(stream, Conditions(run.Workload, run.Scenario, run.Seed), run.Latency);
            long utility = Run(policy, run).Account.Utility;
            Assert.True(utility <= bound + 1e-6, $"{utility} > {bound}");
        },
        iter: 15,
        threads: 1);

    /// <summary>Tasks handed over late, some after their deadline: each is still decided, once.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Tasks_that_are_handed_over_late_are_decided_too(string policy) => Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[0, 1500]).Sample(
        (seed, delayMs) =>
        {
            TaskStream stream = TaskStream.Draw(Workload.Active(2) with { Duration = 5_000_000 }, LatencyOptions.Default, seed);
            var executor = new AtOnce();
            var core = new SchedulingCore(stream.Workload.Types, PolicyCatalogue.Create(policy)!, executor, QoeOptions.Default);
            foreach (InferenceTask task in stream.Tasks)
            {
                long at = Math.Max(core.Now, task.Release + (task.Id % 3 == 0 ? delayMs * 1000L : 0));
                executor.RunUntil(core, at);
                core.Arrive(task, at);
            }

            executor.RunUntil(core, long.MaxValue);
            Assert.Equal(0, core.Open);
            Assert.Equal(stream.Tasks.Count, core.Account.Arrived);
        },
        iter: 10,
        threads: 1);

    /// <summary>After every event each waiting task is asked about three times; the run is the same as the one not asked.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Asking_whether_the_cloud_pays_changes_nothing(string policy) => Runs.Sample(
        run =>
        {
            if (PolicyCatalogue.Create(policy) is not EdgeCloudPolicy asked)
            {
                return;
            }

            TaskStream stream = TaskStream.Draw(run.Workload, run.Latency, run.Seed);
            var trace = new List<TraceEntry>();
            Simulator.Run(stream, Conditions(run.Workload, run.Scenario, run.Seed), asked, run.Latency, QoeOptions.Default, entry =>
            {
                trace.Add(entry);
                foreach (InferenceTask task in stream.Tasks.Where(t => t.State == TaskState.Waiting && t.Release <= entry.At))
                {
                    bool first = asked.CloudPays(task);
                    Assert.Equal(first, asked.CloudPays(task));
                }
            });
            Assert.Equal(Run(policy, run).Trace, trace);
        },
        iter: 10,
        threads: 1);

    private static (List<TraceEntry> Trace, UtilityAccount Account) Run(
        string policy, (Workload Workload, LatencyOptions Latency, string Scenario, long Seed) run)
    {
        var trace = new List<TraceEntry>();
        UtilityAccount account = Simulator.Run(
            TaskStream.Draw(run.Workload, run.Latency, run.Seed),
            Conditions(run.Workload, run.Scenario, run.Seed),
            PolicyCatalogue.Create(policy)!,
            run.Latency,
            QoeOptions.Default,
            trace.Add);
        return (trace, account);
    }

    private static CloudConditions Conditions(Workload workload, string scenario, long seed) =>
        Variability.Find(scenario, workload.Duration, seed)!;

    /// <summary>Ends a run when it is expected to, and a call in three without a result.</summary>
    private sealed class AtOnce : IExecutor
    {
        private readonly PriorityQueue<InferenceTask, (long At, int Id)> _ends = new();

        public void StartOnEdge(InferenceTask task) => _ends.Enqueue(task, (task.StartedAt + task.EdgeTime, task.Id));

        public void SendToCloud(InferenceTask task) => _ends.Enqueue(task, (task.StartedAt + (task.Type.CloudTime / 2), task.Id));

        public void Cancel(InferenceTask task) => throw new InvalidOperationException($"{task} is cancelled by none of these policies.");

        public void RunUntil(SchedulingCore core, long until)
        {
            while (true)
            {
                long end = _ends.TryPeek(out _, out (long At, int Id) key) ? key.At : long.MaxValue;
                if (Math.Min(end, core.NextWake) > until || (end == long.MaxValue && core.NextWake == long.MaxValue))
                {
                    return;
                }

                if (end > core.NextWake)
                {
                    core.Wake(core.NextWake);
                    continue;
                }

                InferenceTask task = _ends.Dequeue();
                RunOutcome outcome = (RunOutcome)(task.Id % 3);
                if (task.State == TaskState.OnEdge)
                {
                    core.EdgeFinished(end, outcome);
                }
                else
                {
                    core.CloudFinished(task, end, outcome);
                }
            }
        }
    }
}
