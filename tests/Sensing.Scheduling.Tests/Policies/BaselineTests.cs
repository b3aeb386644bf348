using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Policies;

public class BaselineTests
{
    // HV is due at 650 and takes 174, DEV 750 and 172, MD 850 and 142. The first to arrive runs at once.
    private static readonly (string, double)[] Burst = [("BP", 0), ("MD", 1), ("DEV", 1), ("HV", 1)];

    [Fact]
    public void EDF_runs_by_deadline() => Assert.Equal(
        ["edge@0", "edge@590", "edge@418", "edge@244"], Recorded.Trace(new EdfPolicy(), Passive(Burst)).Fates());

    [Fact]
    public void SJF_runs_the_shortest_first_and_drops_what_can_no_longer_make_it() => Assert.Equal(
        ["edge@0", "edge@244", "edge@386", "drop@558"], Recorded.Trace(new SjfPolicy(), Passive(Burst)).Fates());

    [Fact]
    public void HPF_runs_the_highest_utility_rate_first() => Assert.Equal(
        ["edge@0", "edge@590", "edge@418", "edge@244"], Recorded.Trace(new HpfPolicy(), Passive(Burst)).Fates());

    [Fact]
    public void CLD_sends_all_that_pays_and_drops_the_rest() => Assert.Equal(
        ["drop@0", "cloud@1", "cloud@1", "cloud@1"], Recorded.Trace(new CloudOnlyPolicy(), Passive(Burst)).Fates());

    [Fact]
    public void EC_sends_what_does_not_fit_behind_those_ahead_of_it()
    {
        (string, double)[] burst = [.. Burst, ("DEV", 2), ("MD", 3), ("BP", 4)];

        // DEV 4 would end at 762 behind HV and DEV 2; MD 5 behind all at 874; BP has no cloud to go to.
        Assert.Equal(
            ["edge@0", "edge@590", "edge@418", "edge@244", "cloud@2", "cloud@3", "drop@4"],
            Recorded.Trace(new EdgeCloudEdfPolicy(), Passive(burst)).Fates());
    }

    [Fact]
    public void EC_in_SJF_order_puts_the_shortest_ahead()
    {
        // HV behind MD and DEV would end at 732 of 651.
        Assert.Equal(
            ["edge@0", "edge@244", "edge@386", "cloud@1"],
            Recorded.Trace(new EdgeCloudSjfPolicy(), Passive(Burst)).Fates());
    }

    [Fact]
    public void Kalmia_D3_runs_the_urgent_first_and_admits_the_tolerant_with_ten_percent_more()
    {
        // HV first; DEV behind it ends at 590, MD, later in arrival order, at 732; a second DEV at 904 of 752 + 75 is refused;
        // one that ends within the extension only is admitted and dropped at its turn.
        Assert.Equal(
            ["edge@0", "edge@418", "edge@560", "edge@244"],
            Recorded.Trace(new KalmiaD3Policy(), Passive(Burst)).Fates());
        Assert.Equal(
            ["edge@0", "edge@242", "edge@412", "drop@583"],
            Recorded.Trace(new KalmiaD3Policy(), Passive([("BP", 0), ("DEV", 1), ("DEV", 2), ("DEV", 3)], 242.0 / 244)).Fates());
    }

    [Fact]
    public void Dedas_takes_a_newcomer_in_place_of_a_queued_task_where_that_lowers_the_average_completion_time()
    {
        InferenceTaskType slow = PublishedTaskTypes.MaskDetection with { EdgeMs = 400, DeadlineMs = 800 };
        InferenceTaskType quick = PublishedTaskTypes.DistanceToPerson with { EdgeMs = 170, DeadlineMs = 790 };

        // Free at 300, MD would end at 700. DEV and MD both: 870 > 801. DEV in MD's place ends at 470.
        Assert.Equal(
            ["edge@0", "cloud@2", "edge@300"],
            Recorded.Trace(
                new DedasPolicy(),
                Recorded.Tasks([PublishedTaskTypes.BodyPose with { EdgeMs = 300 }, slow, quick], [("BP", 0), ("MD", 1), ("DEV", 2)])).Fates());
    }

    /// <summary>A body pose that fits nowhere on the edge costs more in the cloud than it brings; as published, these two do not ask.</summary>
    [Theory]
    [InlineData("Kalmia-D3", "cloud@4")]
    [InlineData("Dedas", "cloud@4")]
    [InlineData("DEM (all types)", "cloud@4")]
    [InlineData("DEM", "drop@4")]
    public void Only_some_send_what_does_not_pay(string policy, string fate)
    {
        (string, double)[] burst = [.. Burst, ("DEV", 2), ("MD", 3), ("BP", 4)];

        Assert.Equal(fate, Recorded.Trace(PolicyCatalogue.Create(policy)!, Passive(burst)).Fate(6));
    }

    private static TaskStream Passive((string, double)[] tasks, double edgeFactor = 1) =>
        Recorded.Tasks(PublishedTaskTypes.Passive, tasks, edgeFactor);
}
