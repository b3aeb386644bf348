using Sensing.Scheduling.Policies;

namespace Sensing.Scheduling.Tests.Policies;

public class GemsPolicyTests
{
    /// <summary>
    /// One slow run makes HV late, its rate falls below α, and the HV that waits for the edge goes to the cloud at once,
    /// where DEMS leaves it in the queue.
    /// </summary>
    [Fact]
    public void Queued_tasks_of_a_lagging_type_go_to_the_cloud_at_once()
    {
        InferenceTaskType vest = PublishedTaskTypes.HazardVest with { EdgeMs = 300 };
        (string, double)[] tasks = [("HV", 0), ("DEV", 590), ("HV", 595)];

        // 300 × 2.2 = 660 > 650.
        List<TraceEntry> dems = Recorded.Trace(new DemsPolicy(), Recorded.Tasks([vest, PublishedTaskTypes.DistanceToPerson], tasks, 2.2));
        List<TraceEntry> gems = Recorded.Trace(new GemsPolicy(), Recorded.Tasks([vest, PublishedTaskTypes.DistanceToPerson], tasks, 2.2));

        Assert.StartsWith("edge@", dems.Fate(2), StringComparison.Ordinal);
        Assert.Equal("cloud@660", gems.Fate(2));
    }

    /// <summary>
    /// CD's run of 660 ms makes the queued HV 1 hopeless: it is dropped, MD runs, and HV 3, behind MD, goes to the cloud when
    /// the next HV arrives, for its type has lost one of one.
    /// </summary>
    [Fact]
    public void A_dropped_task_counts_against_its_window()
    {
        InferenceTaskType crowd = PublishedTaskTypes.CrowdDensity with { EdgeMs = 300 };
        InferenceTaskType vest = PublishedTaskTypes.HazardVest with { EdgeMs = 150, CloudMs = 200 };
        InferenceTaskType mask = PublishedTaskTypes.MaskDetection with { DeadlineMs = 500 };

        List<TraceEntry> trace = Recorded.Trace(
            new GemsPolicy(),
            Recorded.Tasks([crowd, vest, mask], [("CD", 0), ("HV", 1), ("HV", 300), ("MD", 310), ("HV", 700)], edgeFactor: 2.2));

        Assert.Equal("drop@660", trace.Fate(1));
        Assert.Equal("edge@660", trace.Fate(3));
        Assert.Equal("cloud@700", trace.Fate(2));
    }

    [Fact]
    public void A_type_that_keeps_its_rate_is_left_in_the_queue()
    {
        (string, double)[] tasks = [("HV", 0), ("DEV", 10), ("HV", 20)];

        List<TraceEntry> gems = Recorded.Trace(new GemsPolicy(), Recorded.Tasks(PublishedTaskTypes.Passive, tasks));

        Assert.All(gems.Fates(), fate => Assert.StartsWith("edge@", fate, StringComparison.Ordinal));
    }
}
