using CsCheck;
using Sensing.Scheduling.PlanAhead;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Scheduling.Tests.Yardsticks;

public class ClairvoyantBoundTests
{
    private static readonly LatencyOptions Spread = LatencyOptions.Default;

    /// <summary>One segment of one to two drones: at most seven tasks.</summary>
    private static readonly Gen<TaskStream> Small = Gen.Select(Gen.Bool, Gen.Long[0, 100_000], Gen.Int[1, 7]).Select((active, seed, count) =>
    {
        Workload workload = (active ? Workload.Active(2) : Workload.Passive(2)) with { Duration = 1_000_000 };
        TaskStream drawn = TaskStream.Draw(workload, Spread, seed);
        return new TaskStream(workload, [.. drawn.Tasks.Take(count)], drawn.EdgeTimes, drawn.CloudTimes);
    });

    [Fact]
    public void No_schedule_that_there_is_beats_the_bound() => Small.Sample(
        stream =>
        {
            long best = BruteForce.Utility(stream, Recorded.Calm, Spread);
            double bound = ClairvoyantBound.Utility(stream, Recorded.Calm, Spread);
            Assert.True(best <= bound + 1e-6, $"{best} > {bound}");
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void The_bound_is_the_optimum_where_all_fits()
    {
        TaskStream stream = Recorded.Tasks(PublishedTaskTypes.Passive, [("HV", 0), ("DEV", 0), ("MD", 0), ("BP", 0)]);

        Assert.Equal(124 + 99 + 74 + 38, ClairvoyantBound.Utility(stream, Recorded.Calm, Spread), 6);
        Assert.Equal(124 + 99 + 74 + 38, BruteForce.Utility(stream, Recorded.Calm, Spread));
    }

    [Fact]
    public void No_policy_beats_brute_force() => Small.Sample(
        stream =>
        {
            long best = BruteForce.Utility(stream, Recorded.Calm, Spread);
            foreach (string policy in PolicyCatalogue.Names)
            {
                long utility = Simulator.Run(
                    stream.Again(), Recorded.Calm, PolicyCatalogue.Create(policy)!, Spread, QoeOptions.Default).Utility;
                Assert.True(utility <= best, $"{policy}: {utility} > {best}");
            }
        },
        iter: 100,
        threads: 1);

    /// <summary>With real times equal to expected ones and nothing more to come, planning is all there is: near the optimum.</summary>
    [Fact]
    public void Plan_ahead_is_within_three_percent_of_brute_force_on_single_segments()
    {
        long best = 0;
        long ours = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            Workload workload = (seed % 2 == 0 ? Workload.Active(1) : Workload.Passive(2)) with { Duration = 1_000_000 };
            TaskStream stream = TaskStream.Draw(workload, Spread, seed);
            best += BruteForce.Utility(stream, Recorded.Calm, Spread);
            ours += Simulator.Run(stream, Recorded.Calm, new PlanAheadPolicy(), Spread, QoeOptions.Default).Utility;
        }

        Assert.InRange(ours, 0.97 * best, best);
    }

    /// <summary>The augmenting paths against the textbook: amounts fit exactly if every span from a release to a deadline holds its own.</summary>
    [Fact]
    public void Edge_room_gives_what_the_capacity_of_all_spans_allows() => Gen.Select(Gen.Int[0, 12], Gen.Int[2, 10], Gen.Int[1, 8], Gen.Int[1, 50])
        .Select((release, length, time, gain) => new EdgeOffer(release, release + Math.Max(length, time), time, gain)).Array[1, 9].Sample(
        offers =>
        {
            EdgeOffer[] byRate = [.. offers.OrderByDescending(o => (double)o.Gain / o.Time)];
            var room = new EdgeRoom(byRate);
            var amounts = new long[byRate.Length];
            for (int i = 0; i < byRate.Length; i++)
            {
                amounts[i] = room.Take(byRate[i]);
                Assert.Equal(MostThatFits(byRate, amounts, i), amounts[i]);
            }
        },
        threads: 1);

    private static long MostThatFits(EdgeOffer[] offers, long[] amounts, int index)
    {
        long most = offers[index].Time;
        foreach (long from in offers.Select(o => o.Release).Where(r => r <= offers[index].Release))
        {
            foreach (long to in offers.Select(o => o.Deadline).Where(d => d >= offers[index].Deadline))
            {
                long held = 0;
                for (int i = 0; i < index; i++)
                {
                    held += offers[i].Release >= from && offers[i].Deadline <= to ? amounts[i] : 0;
                }

                most = Math.Min(most, to - from - held);
            }
        }

        return most;
    }
}
