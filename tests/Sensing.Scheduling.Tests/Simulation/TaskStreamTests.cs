using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Simulation;

public class TaskStreamTests
{
    [Theory]
    [InlineData(0.05, 0.2)]
    [InlineData(0.2, 0.5)]
    public void The_95th_percentile_is_the_published_time(double edgeSigma, double cloudSigma)
    {
        var stream = TaskStream.Draw(
            Workload.Active(4) with { Duration = 2_000_000_000 }, new LatencyOptions { EdgeSigma = edgeSigma, CloudSigma = cloudSigma }, 11);
        for (int type = 0; type < 6; type++)
        {
            InferenceTask[] tasks = [.. stream.Tasks.Where(t => t.TypeIndex == type)];
            double edge = tasks.Count(t => stream.EdgeTimes[t.Id] <= t.Type.EdgeTime) / (double)tasks.Length;
            double cloud = tasks.Count(t => stream.CloudTimes[t.Id] <= t.Type.CloudTime) / (double)tasks.Length;

            // 8000 draws: a standard error of 0.0024.
            Assert.InRange(edge, 0.94, 0.96);
            Assert.InRange(cloud, 0.94, 0.96);
        }
    }

    [Fact]
    public void Each_drone_sends_a_segment_a_second_at_its_own_phase_with_one_task_of_each_type()
    {
        TaskStream stream = TaskStream.Draw(Workload.Active(4), LatencyOptions.Default, 5);

        Assert.Equal(4 * 300 * 6, stream.Tasks.Count);
        foreach (IGrouping<int, InferenceTask> drone in stream.Tasks.GroupBy(t => t.Drone))
        {
            long[] releases = [.. drone.Select(t => t.Release).Distinct()];
            Assert.All(releases.Zip(releases.Skip(1)), pair => Assert.Equal(1_000_000, pair.Second - pair.First));
            Assert.All(drone.GroupBy(t => t.Release), segment => Assert.Equal(6, segment.Select(t => t.TypeIndex).Distinct().Count()));
        }

        Assert.Equal(4, stream.Tasks.Select(t => t.Release % 1_000_000).Distinct().Count());
    }

    [Fact]
    public void The_order_within_a_segment_is_drawn()
    {
        TaskStream stream = TaskStream.Draw(Workload.Passive(2), LatencyOptions.Default, 5);
        int[] firsts = [.. stream.Tasks.GroupBy(t => (t.Drone, t.Release)).Select(s => s.First().TypeIndex)];

        for (int type = 0; type < 4; type++)
        {
            Assert.InRange(firsts.Count(f => f == type), 100, 200);
        }
    }

    [Fact]
    public void Another_spread_of_the_edge_does_not_move_the_cloud()
    {
        TaskStream steady = TaskStream.Draw(Workload.Passive(2), LatencyOptions.Default, 5);
        TaskStream wild = TaskStream.Draw(Workload.Passive(2), LatencyOptions.Default with { EdgeSigma = 0.4 }, 5);

        Assert.Equal(steady.CloudTimes, wild.CloudTimes);
        Assert.NotEqual(steady.EdgeTimes, wild.EdgeTimes);
    }

    [Fact]
    public void Poisson_gaps_have_the_mean_and_the_spread_of_an_exponential()
    {
        long[] at = [.. Draw(new ArrivalOptions { Kind = ArrivalKind.Poisson }, drones: 1).Select(t => t.Release).Distinct()];
        double[] gaps = [.. at.Zip(at.Skip(1)).Select(pair => (pair.Second - pair.First) * 1e-6)];
        double mean = gaps.Average();

        Assert.InRange(mean, 0.95, 1.05);
        Assert.InRange(Math.Sqrt(gaps.Average(g => (g - mean) * (g - mean))), 0.93, 1.07);
    }

    [Fact]
    public void Jittered_segments_stay_within_the_jitter_of_their_time()
    {
        long[] at = [.. Draw(new ArrivalOptions { Kind = ArrivalKind.Jittered, Jitter = 50_000 }, drones: 1).Select(t => t.Release).Distinct()];

        Assert.All(at.Zip(at.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 900_000, 1_100_000));
        Assert.True(at.Zip(at.Skip(1)).Select(pair => pair.Second - pair.First).Distinct().Count() > 100);
    }

    [Fact]
    public void Drones_that_come_and_go_are_there_for_their_share_of_the_time()
    {
        IReadOnlyList<InferenceTask> tasks = Draw(new ArrivalOptions { MeanPresence = 30_000_000, MeanAbsence = 15_000_000 }, drones: 5);

        Assert.InRange(tasks.Count / (5 * 4000 * 6.0), 0.6, 0.73);
        Assert.Contains(tasks.Where(t => t.Drone == 0).Select(t => t.Release).Distinct().ToArray() is var at ? at.Zip(at.Skip(1)) : [], pair => pair.Second - pair.First > 10_000_000);
    }

    [Fact]
    public void A_trace_gives_the_segments_themselves()
    {
        IReadOnlyList<InferenceTask> tasks = Draw(
            new ArrivalOptions { Kind = ArrivalKind.Trace, Trace = [(700_000, 1), (200_000, 0)] }, drones: 2);

        Assert.Equal([(200_000L, 0), (700_000L, 1)], tasks.Select(t => (t.Release, t.Drone)).Distinct());
    }

    [Fact]
    public void A_tail_lengthens_its_share_of_runs_and_leaves_the_others_alone()
    {
        Workload workload = Workload.Passive(4);
        TaskStream plain = TaskStream.Draw(workload, LatencyOptions.Default, 5);
        TaskStream tailed = TaskStream.Draw(workload with { EdgeTail = new TailOptions(0.1, 3) }, LatencyOptions.Default, 5);
        double[] ratios = [.. plain.EdgeTimes.Zip(tailed.EdgeTimes).Select(pair => Math.Round((double)pair.Second / pair.First, 3))];

        Assert.Equal([1, 3], ratios.Distinct().Order());
        Assert.InRange(ratios.Count(r => r == 3) / (double)ratios.Length, 0.08, 0.12);
        Assert.Equal(plain.CloudTimes, tailed.CloudTimes);
    }

    private static IReadOnlyList<InferenceTask> Draw(ArrivalOptions arrivals, int drones) =>
        TaskStream.Draw(Workload.Active(drones) with { Arrivals = arrivals, Duration = 4_000_000_000 }, LatencyOptions.Default, 3).Tasks;
}
