using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Simulation;

public class CloudConditionsTests
{
    [Fact]
    public void Added_time_is_linear_between_knots_and_a_step_where_two_share_a_time()
    {
        var conditions = new CloudConditions("ramp and step", [(100, 0), (200, 50), (300, 50), (300, 10)], []);

        Assert.Equal(0, conditions.AddedAt(0));
        Assert.Equal(25, conditions.AddedAt(150));
        Assert.Equal(50, conditions.AddedAt(299));
        Assert.Equal(10, conditions.AddedAt(300));
        Assert.Equal(10, conditions.AddedAt(5000));
    }

    [Fact]
    public void A_call_in_an_outage_fails_at_the_timeout_and_costs()
    {
        var away = new CloudConditions("away", [], [(0, 10_000_000)]);
        List<TraceEntry> trace = Recorded.Trace(
            new Scheduling.Policies.CloudOnlyPolicy(), Recorded.Tasks(PublishedTaskTypes.Passive, [("HV", 100)]), away);

        TraceEntry end = trace[^1];
        Assert.Equal(TraceKind.CloudFailed, end.Kind);
        Assert.Equal(5_100_000, end.At);
        Assert.Equal(-25, TraceReplay.Account(trace, PublishedTaskTypes.Passive, QoeOptions.Default).Utility);
    }

    [Fact]
    public void The_bandwidth_trace_is_drawn_from_the_seed_and_slows_calls_at_times()
    {
        CloudConditions one = Variability.Find("bandwidth", 300_000_000, 1)!;
        CloudConditions again = Variability.Find("bandwidth", 300_000_000, 1)!;
        CloudConditions two = Variability.Find("bandwidth", 300_000_000, 2)!;

        Assert.Equal(one.Knots, again.Knots);
        Assert.NotEqual(one.Knots, two.Knots);
        Assert.Contains(one.Knots, knot => knot.Added > 150_000);
        Assert.Contains(one.Knots, knot => knot.Added == 0);
    }
}
