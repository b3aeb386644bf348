using Sensing.Scheduling.Policies;

namespace Sensing.Scheduling.Tests.Policies;

public class DemsPolicyTests
{
    private static readonly DemsOptions Tight = DemsOptions.Default with { TriggerMargin = 10_000 };

    [Fact]
    public void A_cloud_bound_task_waits_until_the_last_moment_that_the_cloud_can_make()
    {
        // CD holds the edge until 563; DEV at 0 does not fit behind it (735 of 750 does), HV does not (737 of 650).
        List<TraceEntry> trace = Recorded.Trace(
            new DemsPolicy(Tight),
            Recorded.Tasks(PublishedTaskTypes.Active, [("CD", 0), ("HV", 1)]));

        // 1 + 650 − 398 − 10
        Assert.Equal("cloud@243", trace.Fate(1));
    }

    [Fact]
    public void An_idle_edge_steals_the_waiting_task_that_gains_most_for_its_time()
    {
        InferenceTaskType person = PublishedTaskTypes.DistanceToPerson;
        InferenceTaskType mask = PublishedTaskTypes.MaskDetection with { DeadlineMs = 760 };
        InferenceTaskType vest = PublishedTaskTypes.HazardVest with { DeadlineMs = 640, EdgeMs = 590 };

        // The long HV holds the edge; DEV (590 + 172 > 750) and MD (590 + 172 + 142, or 732 of 760) are behind it. HV's end
        // comes early, at 295, when both still wait for their triggers at 311 and 161: MD has left, DEV is stolen.
        List<TraceEntry> trace = Recorded.Trace(
            new DemsPolicy(Tight),
            Recorded.Tasks([vest, person, mask], [("HV", 0), ("DEV", 1), ("MD", 31)], edgeFactor: 0.5));

        Assert.Equal("edge@295", trace.Fate(1));
    }

    [Fact]
    public void Tasks_that_no_cloud_pays_for_wait_to_be_stolen_and_go_first()
    {
        InferenceTaskType vest = PublishedTaskTypes.HazardVest with { DeadlineMs = 800, EdgeMs = 700 };

        // Behind the HV until 700 BP (944 of 901) and DEV (872 of 751) fit nowhere; HV ends at 280, DEV waits until 311.
        List<TraceEntry> trace = Recorded.Trace(
            new DemsPolicy(Tight),
            Recorded.Tasks([vest, PublishedTaskTypes.BodyPose, PublishedTaskTypes.DistanceToPerson], [("HV", 0), ("BP", 1), ("DEV", 1)], edgeFactor: 0.4));

        Assert.Equal("edge@280", trace.Fate(1));
        Assert.Equal("cloud@312", trace.Fate(2));
    }

    [Fact]
    public void Nothing_is_stolen_that_would_make_a_queued_task_late()
    {
        InferenceTaskType longVest = PublishedTaskTypes.HazardVest with { EdgeMs = 500 };
        InferenceTaskType mask = PublishedTaskTypes.MaskDetection with { DeadlineMs = 660 };

        // MD is queued behind HV (642 of 660), BP waits (886 > 901 only without MD's deadline). HV ends at 450: BP first
        // would end MD at 836.
        List<TraceEntry> trace = Recorded.Trace(
            new DemsPolicy(Tight),
            Recorded.Tasks([longVest, mask, PublishedTaskTypes.BodyPose with { DeadlineMs = 800 }], [("HV", 0), ("MD", 1), ("BP", 1)], edgeFactor: 0.9));

        Assert.Equal("edge@450", trace.Fate(1));
        Assert.NotEqual("edge@450", trace.Fate(2));
    }

    [Fact]
    public void A_task_for_the_edge_alone_is_dropped_once_the_edge_cannot_make_it()
    {
        InferenceTaskType vest = PublishedTaskTypes.HazardVest with { DeadlineMs = 900, EdgeMs = 800 };

        List<TraceEntry> trace = Recorded.Trace(
            new DemsPolicy(Tight), Recorded.Tasks([vest, PublishedTaskTypes.BodyPose], [("HV", 0), ("BP", 1)]));

        Assert.Equal("drop@657", trace.Fate(1));
    }
}
