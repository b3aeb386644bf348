using Sensing.Scheduling.Comparisons;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Simulation;

public class SimulatorTests
{
    private static readonly IReadOnlyList<InferenceTaskType> Types = PublishedTaskTypes.Passive;

    [Fact]
    public void A_call_in_an_outage_that_fails_fast_is_refused_after_5_ms_and_costs()
    {
        CloudConditions away = Variability.Find("fail-fast", 300_000_000, 0)!;
        List<TraceEntry> trace = Recorded.Trace(new CloudOnlyPolicy(), Recorded.Tasks(Types, [("HV", 200_000)]), away);

        Assert.Equal((TraceKind.CloudFailed, 200_005_000L), (trace[^1].Kind, trace[^1].At));
        Assert.Equal(-25, TraceReplay.Account(trace, Types, QoeOptions.Default).Utility);
    }

    [Fact]
    public void Calls_share_the_uplink()
    {
        TaskStream drawn = Recorded.Tasks(Types, [("HV", 0), ("DEV", 0), ("HV", 1)]);
        var stream = new TaskStream(
            drawn.Workload with { Uplink = new UplinkOptions { Megabits = 8 } }, drawn.Tasks, drawn.EdgeTimes, drawn.CloudTimes);
        List<TraceEntry> trace = Recorded.Trace(new CloudOnlyPolicy(), stream);

        // 100 ms for the first segment, which serves two calls, and 100 more for the second.
        Assert.Equal([498_000L, 529_000, 598_000], trace.Where(e => e.Kind == TraceKind.CloudFinished).Select(e => e.At));
    }

    [Fact]
    public void Calls_beyond_the_clouds_slots_wait_their_turn()
    {
        TaskStream drawn = Recorded.Tasks(Types, [("HV", 0), ("HV", 1), ("HV", 2)]);
        var stream = new TaskStream(drawn.Workload with { CloudSlots = 2 }, drawn.Tasks, drawn.EdgeTimes, drawn.CloudTimes);
        List<TraceEntry> trace = Recorded.Trace(new CloudOnlyPolicy(), stream);

        Assert.Equal([398_000L, 399_000, 796_000], trace.Where(e => e.Kind == TraceKind.CloudFinished).Select(e => e.At));
    }

    [Fact]
    public void An_edge_that_slows_down_takes_longer_from_then_on()
    {
        TaskStream drawn = Recorded.Tasks(Types, [("HV", 0), ("HV", 1000)]);
        var stream = new TaskStream(
            drawn.Workload with { EdgeSlowdowns = [(500_000, 2)] }, drawn.Tasks, drawn.EdgeTimes, drawn.CloudTimes);
        List<TraceEntry> trace = Recorded.Trace(new EdfPolicy(), stream);

        Assert.Equal([174_000L, 1_348_000], trace.Where(e => e.Kind == TraceKind.EdgeFinished).Select(e => e.At));
    }

    [Fact]
    public void A_comparison_takes_policies_from_outside_the_catalogue()
    {
        var plan = new ComparisonPlan
        {
            Workloads = [Workload.Passive(2) with { Duration = 5_000_000 }],
            Policies = ["EDF"],
            OwnPolicies = [() => new OwnPolicy()],
            Seeds = [1],
        };
        ComparisonRow[] rows = [.. Comparison.Run(plan)];

        Assert.Equal(["EDF", "drop all"], rows.Select(r => r.Policy));
        Assert.Equal((plan.Runs, 0L), (rows.Length, rows[1].Account.Utility));
    }

    private sealed class OwnPolicy : SchedulingPolicy
    {
        public override string Name => "drop all";

        public override void OnArrival(InferenceTask task) => Schedule.Drop(task);

        public override void OnEdgeIdle()
        {
        }
    }
}
