using Sensing.Scheduling.Policies;

namespace Sensing.Scheduling.Tests.Policies;

public class DemPolicyTests
{
    /// <summary>
    /// The trap of the published code: it looks for victims from one behind the insertion point on. HV 0 runs until 174;
    /// BP waits behind it (174 + 244 = 418 of 460). HV 1 is due before BP and would make BP, the very first behind it,
    /// late (348 + 244). BP has no cloud, so its score is its whole edge utility of 38 against the 24 of HV 1: HV 1 goes to
    /// the cloud. Whoever skips the first victim finds none and runs HV 1 first; BP is lost.
    /// </summary>
    [Fact]
    public void The_first_task_behind_the_insertion_point_is_a_victim_too()
    {
        InferenceTaskType pressing = PublishedTaskTypes.BodyPose with { DeadlineMs = 460 };
        InferenceTaskType urgent = PublishedTaskTypes.HazardVest with { DeadlineMs = 430 };

        List<TraceEntry> trace = Recorded.Trace(
            new DemPolicy(), Recorded.Tasks([pressing, urgent], [("HV", 0), ("BP", 0), ("HV", 1)]));

        Assert.Equal(["edge@0", "edge@174", "cloud@1"], trace.Fates());
    }

    /// <summary>The same, but the victim can go to the cloud: DEV's 25 is above MD's 14, so MD leaves and DEV runs.</summary>
    [Fact]
    public void Victims_that_score_less_go_to_the_cloud_and_make_room()
    {
        InferenceTaskType mask = PublishedTaskTypes.MaskDetection with { DeadlineMs = 650 };
        InferenceTaskType distance = PublishedTaskTypes.DistanceToPerson with { DeadlineMs = 600 };

        List<TraceEntry> trace = Recorded.Trace(
            new DemPolicy(),
            Recorded.Tasks([mask, distance], [("DEV", 0), ("DEV", 0), ("MD", 0), ("DEV", 1)]));

        Assert.Equal(["edge@0", "edge@172", "cloud@1", "edge@344"], trace.Fates());
    }

    /// <summary>Two victims together outweigh the newcomer that each alone would not.</summary>
    [Fact]
    public void The_scores_of_all_victims_count_together()
    {
        InferenceTaskType mask = PublishedTaskTypes.MaskDetection with { DeadlineMs = 600 };
        InferenceTaskType distance = PublishedTaskTypes.DistanceToPerson with { DeadlineMs = 590 };

        // Free at 172, MD until 314 and 456; with DEV before them 344, 486, 628 > 600: one victim, 14 < 25.
        List<TraceEntry> one = Recorded.Trace(
            new DemPolicy(), Recorded.Tasks([mask, distance], [("DEV", 0), ("MD", 0), ("MD", 0), ("DEV", 1)]));
        Assert.Equal(["edge@0", "edge@344", "cloud@1", "edge@172"], one.Fates());

        // With 480 for both of MD's deadline, both are late behind DEV: 28 > 25.
        mask = mask with { DeadlineMs = 480, CloudMs = 400 };
        distance = distance with { DeadlineMs = 470 };
        List<TraceEntry> both = Recorded.Trace(
            new DemPolicy(), Recorded.Tasks([mask, distance], [("DEV", 0), ("MD", 0), ("MD", 0), ("DEV", 1)]));
        Assert.Equal(["edge@0", "edge@172", "edge@314", "cloud@1"], both.Fates());
    }
}
