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
}
