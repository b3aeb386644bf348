using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Policies;

public class DemsAPolicyTests
{
    private static readonly DemsOptions Tight = DemsOptions.Default with { TriggerMargin = 10_000 };

    // The edge takes too long for HV, so that every HV is for the cloud: default trigger 242 ms after arrival.
    private static readonly InferenceTaskType Vest = PublishedTaskTypes.HazardVest with { EdgeMs = 700 };

    [Fact]
    public void The_trigger_follows_the_mean_of_the_last_ten_calls()
    {
        // Calls take 0.5 × 398 = 199: from the second task on the trigger is 650 − 199 − 10 = 441.
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight), Recorded.Tasks([Vest], [("HV", 0), ("HV", 1000), ("HV", 2000)], cloudFactor: 0.5));

        Assert.Equal(["cloud@242", "cloud@1441", "cloud@2441"], trace.Fates());
    }

    [Fact]
    public void A_difference_within_epsilon_changes_nothing()
    {
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight), Recorded.Tasks([Vest], [("HV", 0), ("HV", 1000)], cloudFactor: 0.98));

        Assert.Equal("cloud@1242", trace.Fate(1));
    }

    [Fact]
    public void A_refused_type_cools_for_ten_seconds_and_is_tried_once_at_its_default()
    {
        // 398 + 400 > 650: after the first call, back at 1040, HV is refused. The refusal at 1100 starts the cooling; the
        // first task after 11.1 s is the probe, which is slow again, and so the next is refused.
        var slow = new CloudConditions("slow", [(0, 400_000)], []);
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight),
            Recorded.Tasks([Vest], [("HV", 0), ("HV", 1100), ("HV", 5000), ("HV", 11_099), ("HV", 11_101), ("HV", 12_200)]),
            slow);

        Assert.Equal(["cloud@242", "drop@1100", "drop@5000", "drop@11099", "cloud@11343", "drop@12200"], trace.Fates());
    }

    [Fact]
    public void A_probe_that_comes_back_fast_opens_the_cloud_again()
    {
        var slowAtFirst = new CloudConditions("slow at first", [(0, 400_000), (3_000_000, 400_000), (3_000_000, 0)], []);
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight),
            Recorded.Tasks([Vest], [("HV", 0), ("HV", 1100), ("HV", 11_101), ("HV", 12_200)]),
            slowAtFirst);

        Assert.Equal(["cloud@242", "drop@1100", "cloud@11343", "cloud@12442"], trace.Fates());
    }

    /// <summary>
    /// The call of HV 0 takes 898 ms, and HV 2 is refused at 1350: cooling until 11 350. HV 1, called in the meantime, is back
    /// in time at 1440, which ends that. So when the cloud is slow again, HV 4 starts a cooling instead of ending the first.
    /// </summary>
    [Fact]
    public void A_success_ends_the_cooling()
    {
        var twiceSlow = new CloudConditions(
            "twice slow", [(0, 500_000), (1_000_000, 500_000), (1_000_000, 0), (9_000_000, 0), (9_000_000, 500_000)], []);
        InferenceTaskType vest = Vest with { DeadlineMs = 850, EdgeMs = 900 };
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight with { AdaptationWindow = 1 }),
            Recorded.Tasks([vest], [("HV", 0), ("HV", 600), ("HV", 1350), ("HV", 10_000), ("HV", 11_400)]),
            twiceSlow);

        Assert.Equal(["cloud@442", "cloud@1042", "drop@1350", "cloud@10442", "drop@11400"], trace.Fates());
    }

    [Fact]
    public void A_refusal_says_nothing_about_how_long_a_call_takes()
    {
        var away = new CloudConditions("away", [], [(0, 900_000)]) { RefusedAfter = 5_000 };
        List<TraceEntry> trace = Recorded.Trace(
            new DemsAPolicy(Tight), Recorded.Tasks([Vest], [("HV", 0), ("HV", 1000)]), away);

        Assert.Equal(["cloud@242", "cloud@1242"], trace.Fates());
    }
}
