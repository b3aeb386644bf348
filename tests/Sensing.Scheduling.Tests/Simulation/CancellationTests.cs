using Sensing.Scheduling.Simulation;
using Xunit;

namespace Sensing.Scheduling.Tests.Simulation;

/// <summary>A policy that gives up what it has started.</summary>
public sealed class CancellationTests
{
    private const long Limit = 50_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancelled_run_ends_at_once_censored_and_costs(bool edge)
    {
        var workload = new Workload { Name = "one", Drones = 1, Types = [PublishedTaskTypes.HazardVest] };
        var tasks = new InferenceTask[] { new(0, 0, workload.Types[0], 0, 0), new(1, 0, workload.Types[0], 0, 1_000_000) };
        var stream = new TaskStream(workload, tasks, [170_000, 20_000], [300_000, 30_000]);
        var policy = new Impatient(edge);
        UtilityAccount account = Simulator.Run(
            stream, new CloudConditions("calm", [], []), policy, LatencyOptions.Default, QoeOptions.Default);

        // The first is given up after 50 ms, the second ends before.
        Assert.Equal([(RunOutcome.Censored, Limit), (RunOutcome.Succeeded, edge ? 20_000 : 30_000)], policy.Ends);
        InferenceTaskType type = workload.Types[0];
        Assert.Equal(edge ? type.EdgeUtility - type.EdgeCost : type.CloudUtility - type.CloudCost, account.Utility);
        Assert.Equal((1, 1), (account.EdgeLate + account.CloudLate, account.Completed));
    }

    [Fact]
    public void What_runs_nowhere_cannot_be_cancelled()
    {
        var workload = new Workload { Name = "one", Drones = 1, Types = [PublishedTaskTypes.HazardVest] };
        var stream = new TaskStream(workload, [new InferenceTask(0, 0, workload.Types[0], 0, 0)], [1000], [1000]);
        SchedulingException error = Assert.Throws<SchedulingException>(() => Simulator.Run(
            stream, new CloudConditions("calm", [], []), new Confused(), LatencyOptions.Default, QoeOptions.Default));
        Assert.Contains("runs nowhere", error.Message, StringComparison.Ordinal);
    }

    private sealed class Impatient(bool edge) : SchedulingPolicy
    {
        private InferenceTask? _running;

        public List<(RunOutcome, long)> Ends { get; } = [];

        public override string Name => "impatient";

        public override void OnArrival(InferenceTask task)
        {
            _running = task;
            if (edge)
            {
                Schedule.StartOnEdge(task, 1000);
            }
            else
            {
                Schedule.SendToCloud(task, 1000);
            }

            Schedule.WakeAt(Schedule.Now + Limit);
        }

        public override void OnWake()
        {
            if (_running is { State: TaskState.OnEdge or TaskState.InCloud } task)
            {
                Schedule.Cancel(task);
            }
        }

        public override void OnEdgeIdle()
        {
            // Nothing waits.
        }

        public override void OnEdgeFinished(InferenceTask task, long took) => Ends.Add((task.Outcome, took));

        public override void OnCloudFinished(InferenceTask task, long took) => Ends.Add((task.Outcome, took));
    }

    private sealed class Confused : SchedulingPolicy
    {
        public override string Name => "confused";

        public override void OnArrival(InferenceTask task) => Schedule.Cancel(task);

        public override void OnEdgeIdle()
        {
            // Nothing waits.
        }
    }
}
