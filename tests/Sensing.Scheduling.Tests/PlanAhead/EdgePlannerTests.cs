using CsCheck;
using Sensing.Scheduling.PlanAhead;

namespace Sensing.Scheduling.Tests.PlanAhead;

public class EdgePlannerTests
{
    private static readonly IReadOnlyList<InferenceTaskType> Types = PublishedTaskTypes.Active;
    private const int BodyPose = 3;
    private const int DistanceToObjects = 5;

    /// <summary>
    /// BP waits, and DEO, worth ten times as much, comes in 60 ms and must start within 270. BP now would end at 224 and DEO
    /// at 904 + 60: both fit if DEO has 950, BP must give way if DEO comes at 0.
    /// </summary>
    [Fact]
    public void A_short_task_goes_before_a_coming_one_that_can_wait_for_it_and_gives_way_to_one_that_cannot()
    {
        Assert.Equal(["BP@0", "DEO@224"], Plan(deoDeadline: 60 + 950, (BodyPose, 0, 900), (DistanceToObjects, 60, 0)));
        Assert.Equal(["DEO@60"], Plan(deoDeadline: 850, (BodyPose, 0, 700), (DistanceToObjects, 60, 0)));
    }

    [Fact]
    public void Within_a_type_the_earliest_deadline_goes_first() => Assert.Equal(
        ["BP@0", "BP@224"], Plan(deoDeadline: 0, (BodyPose, 0, 300), (BodyPose, 0, 900)));

    [Fact]
    public void With_nothing_to_gain_nothing_is_planned()
    {
        EdgePlanner planner = Planner();
        planner.Add(BodyPose, new EdgeCandidate(0, 900_000, 40, 2, 50, null));
        var plan = new List<(EdgeCandidate, int, long)>();
        planner.Plan(0, 0, 0, plan);

        Assert.Empty(plan);
    }

    [Fact]
    public void A_plan_never_overlaps_itself_starts_early_or_ends_late() => Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 1500], Gen.Int[50, 1200], Gen.Int[1, 250]).Array[1, 24].Sample(
        drawn =>
        {
            EdgePlanner planner = Planner();
            foreach ((int type, int release, int length, int benefit) in drawn.OrderBy(d => d.Item2 + d.Item3))
            {
                planner.Add(type, new EdgeCandidate(release * 1000L, (release + length) * 1000L, benefit, 1, 0, null));
            }

            var plan = new List<(EdgeCandidate Candidate, int Type, long Start)>();
            planner.Plan(100_000, 0.0001, 0, plan);
            long free = 100_000;
            foreach ((EdgeCandidate candidate, int type, long start) in plan)
            {
                Assert.True(start >= free && start >= candidate.Release);
                free = start + (long)new EdgeTimeModel(Types).Mean(type);
                Assert.True(free <= candidate.Deadline);
            }

            Assert.Equal(plan.Count, plan.Distinct().Count());
        },
        threads: 1);

    /// <summary>Thirty-five tasks of 20 ms on an edge with time for all: none is left out, though the search takes a dozen steps.</summary>
    [Fact]
    public void A_fast_edge_is_planned_beyond_the_steps_of_the_search()
    {
        IReadOnlyList<InferenceTaskType> quick = [.. Types.Select(t => t with { EdgeMs = 20 })];
        var planner = new EdgePlanner(quick.Count, new EdgeTimeModel(quick), PlanAheadOptions.Default);
        for (int i = 0; i < 35; i++)
        {
            planner.Add(i % 5, new EdgeCandidate(0, 900_000, 40, 2, 30, null));
        }

        var plan = new List<(EdgeCandidate, int, long)>();
        planner.Plan(0, 0.0001, 0, plan);

        Assert.Equal(35, plan.Count);
    }

    private static EdgePlanner Planner() => new(Types.Count, new EdgeTimeModel(Types), PlanAheadOptions.Default);

    private static string[] Plan(int deoDeadline, params (int Type, int ReleaseMs, int DeadlineMs)[] tasks)
    {
        EdgePlanner planner = Planner();
        foreach ((int type, int release, int deadline) in tasks)
        {
            int due = type == DistanceToObjects ? deoDeadline : deadline;
            planner.Add(type, new EdgeCandidate(release * 1000L, due * 1000L, Types[type].Benefit, Types[type].EdgeCost, 0, null));
        }

        var plan = new List<(EdgeCandidate Candidate, int Type, long Start)>();
        planner.Plan(0, 0.00015, 0, plan);
        return [.. plan.Select(p => $"{Types[p.Type].Name}@{p.Start / 1000}")];
    }
}
