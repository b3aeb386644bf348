namespace Sensing.Scheduling.Tests.Core;

public class SchedulingCoreTests
{
    private static readonly InferenceTaskType Vest = PublishedTaskTypes.HazardVest;

    [Fact]
    public void The_edge_refuses_a_second_task()
    {
        var policy = new Scripted((schedule, task) => schedule.StartOnEdge(task, task.EdgeTime));
        SchedulingCore core = Core(policy);
        core.Arrive(Task(0, 0));

        Assert.Contains("one at a time", Assert.Throws<SchedulingException>(() => core.Arrive(Task(1, 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_cannot_run_twice()
    {
        var policy = new Scripted((schedule, task) =>
        {
            schedule.SendToCloud(task, task.Type.CloudTime);
            schedule.StartOnEdge(task, task.EdgeTime);
        });

        Assert.Throws<SchedulingException>(() => Core(policy).Arrive(Task(0, 0)));
    }

    [Fact]
    public void Nothing_starts_that_is_known_to_be_late()
    {
        var edge = new Scripted((schedule, task) => schedule.StartOnEdge(task, Vest.RelativeDeadline + 1));
        var cloud = new Scripted((schedule, task) => schedule.SendToCloud(task, Vest.RelativeDeadline + 1));

        Assert.Throws<SchedulingException>(() => Core(edge).Arrive(Task(0, 0)));
        Assert.Throws<SchedulingException>(() => Core(cloud).Arrive(Task(0, 0)));
    }

    [Fact]
    public void Time_does_not_run_backwards()
    {
        SchedulingCore core = Core(new Scripted((_, _) => { }));
        core.Arrive(Task(0, 10));

        Assert.Throws<SchedulingException>(() => core.Arrive(Task(1, 9)));
    }

    [Fact]
    public void A_policy_serves_one_edge_only()
    {
        var policy = new Scripted((_, _) => { });
        Core(policy);

        Assert.Throws<SchedulingException>(() => Core(policy));
    }

    /// <summary>Done exactly at the deadline is in time; one µs later it is not.</summary>
    [Theory]
    [InlineData(0, 124)]
    [InlineData(1, -1)]
    public void A_run_is_worth_its_utility_until_the_deadline_and_its_cost_after_it(long after, long utility)
    {
        SchedulingCore core = Core(new Scripted((schedule, task) => schedule.StartOnEdge(task, task.EdgeTime)));
        core.Arrive(Task(0, 0));
        core.EdgeFinished(Vest.RelativeDeadline + after);

        Assert.Equal(utility, core.Account.Utility);
    }

    [Fact]
    public void A_failed_call_costs_even_before_the_deadline()
    {
        SchedulingCore core = Core(new Scripted((schedule, task) => schedule.SendToCloud(task, task.Type.CloudTime)));
        InferenceTask task = Task(0, 0);
        core.Arrive(task);
        core.CloudFinished(task, 1000, RunOutcome.Failed);

        Assert.Equal(-25, core.Account.Utility);
        Assert.Equal(1, core.Account.CloudLate);
    }

    [Theory]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.Censored)]
    public void An_edge_run_without_a_result_costs_even_before_the_deadline(RunOutcome outcome)
    {
        SchedulingCore core = Core(new Scripted((schedule, task) => schedule.StartOnEdge(task, task.EdgeTime)));
        InferenceTask task = Task(0, 0);
        core.Arrive(task);
        core.EdgeFinished(1000, outcome);

        Assert.Equal(-1, core.Account.Utility);
        Assert.Equal((1, 0), (core.Account.EdgeLate, core.Open));
        Assert.Equal(outcome, task.Outcome);
    }

    /// <summary>The deadline counts from the segment's arrival, not from the hand-over.</summary>
    [Fact]
    public void A_task_may_be_handed_over_late_but_not_before_its_segment_arrives()
    {
        SchedulingCore core = Core(new Scripted((schedule, task) => schedule.StartOnEdge(task, task.EdgeTime)));
        core.Arrive(Task(0, 100), 400_000);
        core.EdgeFinished(100 + Vest.RelativeDeadline + 1);

        Assert.Equal(-1, core.Account.Utility);
        Assert.Throws<SchedulingException>(() => core.Arrive(Task(1, 900_000), 899_999));
    }

    [Fact]
    public void Of_several_wakes_the_earliest_is_kept()
    {
        SchedulingCore core = Core(new Scripted((schedule, _) =>
        {
            schedule.WakeAt(700);
            schedule.WakeAt(300);
            schedule.WakeAt(500);
        }));
        core.Arrive(Task(0, 100));

        Assert.Equal(300, core.NextWake);
    }

    /// <summary>A window of ten tasks with nine done earns its bonus, with eight it does not.</summary>
    [Theory]
    [InlineData(9, 100)]
    [InlineData(8, 0)]
    public void A_window_earns_its_bonus_at_the_completion_rate(int completed, long bonus)
    {
        int seen = 0;
        SchedulingCore core = Core(new Scripted((schedule, task) =>
        {
            if (seen++ < completed)
            {
                schedule.StartOnEdge(task, task.EdgeTime);
            }
            else
            {
                schedule.Drop(task);
            }
        }));
        for (int i = 0; i < 10; i++)
        {
            core.Arrive(Task(i, i * 1_000_000));
            if (core.OnEdge is not null)
            {
                core.EdgeFinished((i * 1_000_000) + 100_000);
            }
        }

        Assert.Equal(bonus, core.Account.Qoe);
    }

    private static SchedulingCore Core(SchedulingPolicy policy) => new([Vest], policy, new Silent(), QoeOptions.Default);

    private static InferenceTask Task(int id, long at) => new(id, 0, Vest, 0, at);

    private sealed class Scripted(Action<ISchedule, InferenceTask> onArrival) : SchedulingPolicy
    {
        public override string Name => "scripted";

        public override void OnArrival(InferenceTask task) => onArrival(Schedule, task);

        public override void OnEdgeIdle()
        {
        }
    }

    private sealed class Silent : IExecutor
    {
        public void StartOnEdge(InferenceTask task)
        {
        }

        public void SendToCloud(InferenceTask task)
        {
        }

        public void Cancel(InferenceTask task)
        {
        }
    }
}
