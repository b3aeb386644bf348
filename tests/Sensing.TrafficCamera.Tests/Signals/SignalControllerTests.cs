using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

public sealed class SignalControllerTests
{
    private static JunctionOptions Under(SignalRuleKind rule) => Crossroads.Options with { Rule = rule };

    [Fact]
    public void Everything_is_red_for_a_whole_change_before_the_first_green()
    {
        CrossroadsRun run = new CrossroadsRun().For(10);
        Assert.Equal(SignalStage.AllRed, run.Plans[0].Plan.Stage);
        Assert.All(run.Plans[0].Plan.Groups, g => Assert.Equal(SignalAspect.Red, g.Aspect));
        Assert.Equal(1 + 3 + 1, run.Begins("main").Single());
    }

    [Fact]
    public void A_change_takes_three_seconds_of_yellow_and_one_of_all_red()
    {
        CrossroadsRun run = new CrossroadsRun(Under(SignalRuleKind.Fixed)).For(120);
        double yellow = run.Plans.First(p => p.Plan.Stage == SignalStage.Yellow && p.Plan.Phase == "main").Second;
        double red = run.Plans.First(p => p.Second > yellow && p.Plan.Stage == SignalStage.AllRed).Second;
        Assert.Equal((yellow + 3, yellow + 4), (red, run.Begins("side").First(s => s > yellow)));
    }

    [Fact]
    public void The_fixed_plan_keeps_to_its_cycle_and_offset()
    {
        JunctionOptions options = Under(SignalRuleKind.Fixed);
        CrossroadsRun run = new CrossroadsRun(options with { FixedPlan = options.FixedPlan with { OffsetSeconds = 7 } }).For(400);
        double[] begins = [.. run.Begins("main").Where(s => s > 120)];
        Assert.True(begins.Length > 3);
        Assert.All(begins, s => Assert.Equal(7, (Crossroads.Start.AddSeconds(s).ToUnixTimeMilliseconds() / 1000.0) % 60, 0.001));
    }

    [Theory]
    [InlineData(0.30, 0.02)]
    [InlineData(0.10, 0.10)]
    [InlineData(0.15, 0.20)]
    [InlineData(0.05, 0.25)]
    public void Max_pressure_delays_less_than_the_fixed_plan(double main, double side)
    {
        double fixedPlan = new CrossroadsRun(Under(SignalRuleKind.Fixed)).For(3600, main, side).Delay;
        double pressure = new CrossroadsRun().For(3600, main, side).Delay;
        Assert.True(pressure < 0.8 * fixedPlan, $"{pressure:0} against {fixedPlan:0}");
    }

    [Fact]
    public void Webster_divides_the_green_like_the_flows()
    {
        CrossroadsRun run = new CrossroadsRun(Under(SignalRuleKind.Webster)).For(3600, main: 0.24, side: 0.08);
        double Share(string phase) => run.Plans.Where(p => p.Second > 1800 && p.Plan.Stage == SignalStage.Yellow && p.Plan.Phase == phase)
            .Average(p => p.Second - run.Begins(phase).Last(s => s < p.Second));

        // Y = 0.48 + 0.16, L = 2 × 6 s: a cycle of (18 + 5) / 0.36 = 64 s with greens of 39 s and 13 s.
        Assert.Equal(39, Share("main"), 5.0);
        Assert.Equal(13, Share("side"), 5.0);
    }

    [Fact]
    public void Nobody_stays_red_for_longer_than_the_bound_even_where_nothing_is_seen()
    {
        CrossroadsRun run = new CrossroadsRun().For(2000, main: 0.3);
        double[] begins = [.. run.Begins("side")];
        Assert.True(begins.Length > 10);
        Assert.All(begins.Zip(begins.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 120 + 20));
        Assert.Contains(run.Plans, p => p.Plan.Mode == SignalMode.Starvation && p.Plan.Reason.Contains("'side' has been red for", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "approach 'side' has not been read for more than 5 s")]
    [InlineData(1, "approach 'side' has quality 0.10, below 0.4")]
    [InlineData(2, "approach 'side' has quality 0.00, below 0.4")]
    public void Without_usable_readings_the_fixed_plan_runs_and_says_why(int fault, string why)
    {
        CrossroadsRun run = new CrossroadsRun().For(60, 0.2, 0.1);
        Assert.Null(run.Plan.Fallback);
        run.For(200, 0.2, 0.1, reading => reading.Approach != "side" ? reading : fault switch
        {
            0 => null,
            1 => reading with { Quality = 0.1 },
            _ => reading with { Lanes = [new() { Lane = 0, Count = double.NaN }] },
        });
        Assert.Equal((SignalMode.FixedPlan, why), (run.Plan.Mode, run.Plan.Fallback));
        double[] begins = [.. run.Begins("main").Where(s => s > 140)];
        Assert.All(begins.Zip(begins.Skip(1)), pair => Assert.Equal(60, pair.Second - pair.First, 0.001));

        run.For(30, 0.2, 0.1);
        Assert.Null(run.Plan.Fallback);
        Assert.NotEqual(SignalMode.FixedPlan, run.For(60, 0.2, 0.1).Plan.Mode);
    }

    [Fact]
    public void An_emergency_vehicle_gets_its_green_with_full_clearance_and_is_held_until_it_has_passed()
    {
        CrossroadsRun run = new CrossroadsRun().For(60, main: 0.4);
        Assert.Equal("main", run.Plan.Phase);
        ApproachReading Call(ApproachReading reading) => reading.Approach == "side"
            ? reading with { Emergencies = [new EmergencyCall { Lane = 0, Confidence = 0.9 }] } : reading;
        run.For(30, main: 0.4, change: Call);
        double begin = run.Begins("side").Last();
        Assert.InRange(begin, 64, 72);
        Assert.Equal((SignalMode.Preemption, "emergency vehicle on 'side', lane 0"), (run.Plan.Mode, run.Plan.Reason));
        Assert.Equal(("side", SignalStage.Green), (run.Plan.Phase, run.Plan.Stage));

        // Recovery: five seconds after the last report those who have waited longest are next.
        run.For(20, main: 0.4);
        Assert.InRange(run.Begins("main").Last(), 90 + 5 + 4, 90 + 5 + 4 + 3);
        Assert.Contains(run.Plans, p => p.Plan.Mode == SignalMode.Recovery);
    }

    [Fact]
    public void A_vehicle_that_is_far_away_or_uncertain_does_not_pre_empt_yet()
    {
        CrossroadsRun run = new CrossroadsRun().For(60, main: 0.4);
        run.For(10, main: 0.4, change: reading => reading.Approach != "side" ? reading : reading with
        {
            Emergencies =
            [
                new EmergencyCall { Lane = 0, Confidence = 0.3 }, new EmergencyCall { Lane = 0, Confidence = double.NaN },
                new EmergencyCall { Lane = 0, Confidence = 1, ExpectedArrival = reading.Time.AddSeconds(60) },
            ],
        });
        Assert.NotEqual(SignalMode.Preemption, run.Plan.Mode);
        Assert.Equal("main", run.Plan.Phase);
    }

    [Fact]
    public void A_false_alarm_that_never_ends_holds_a_green_for_a_bounded_time()
    {
        CrossroadsRun run = new CrossroadsRun().For(20, 0.2, 0.1).For(600, 0.2, 0.1, reading => reading.Approach != "side" ? reading
            : reading with { Emergencies = [new EmergencyCall { Lane = 0, Confidence = 1 }] });
        Assert.InRange(run.Begins("main").First(s => s > 40), 20 + 90, 20 + 90 + 15);
        Assert.True(run.Begins("main").Count() > 5);
    }

    [Fact]
    public void A_jump_of_the_clock_does_not_shorten_a_yellow()
    {
        var controller = new SignalController(Under(SignalRuleKind.Fixed));
        DateTimeOffset time = Crossroads.Start;
        while (controller.Plan().Stage != SignalStage.Yellow)
        {
            time = time.AddSeconds(0.5);
            controller.Accept(Crossroads.Reading("main", 0, 0) with { Time = time });
            controller.Advance(time, (_, _) => { });
        }

        foreach (double jump in new double[] { 3600, -7200, 86400 })
        {
            time = time.AddSeconds(jump);
            controller.Advance(time, (_, _) => { });
            Assert.Equal(SignalStage.Yellow, controller.Plan().Stage);
        }

        controller.Advance(time.AddSeconds(2.9), (_, _) => { });
        Assert.Equal(SignalStage.Yellow, controller.Plan().Stage);
        controller.Advance(time.AddSeconds(3.1), (_, _) => { });
        Assert.Equal(SignalStage.AllRed, controller.Plan().Stage);
    }

    [Fact]
    public void All_red_lasts_longer_while_vehicles_clear_the_junction_but_not_for_ever()
    {
        double Red(double clearing)
        {
            CrossroadsRun run = new CrossroadsRun().For(300, 0.2, 0.2, reading => reading with
            {
                Lanes = [reading.Lanes[0] with { Clearing = clearing }],
            });
            double red = run.Plans.First(p => p.Second > 100 && p.Plan.Stage == SignalStage.AllRed).Second;
            return run.Plans.First(p => p.Second > red && p.Plan.Stage == SignalStage.Green && p.Plan.ElapsedSeconds == 0).Second - red;
        }

        Assert.Equal((1, 5), (Red(0), Red(2)));
    }

    [Fact]
    public void A_plan_comes_at_each_change_and_at_least_every_ten_seconds()
    {
        CrossroadsRun run = new CrossroadsRun(Crossroads.Options with { ReportSeconds = 10 }).For(300, 0.1, 0.1);
        Assert.All(run.Plans.Zip(run.Plans.Skip(1)), pair => Assert.InRange(pair.Second.Second - pair.First.Second, 0, 10));
        Assert.Equal(run.Plans.Count, run.Plans.Select(p => (p.Second, p.Plan.Stage, p.Plan.Phase)).Distinct().Count());
        Assert.All(run.Plans.Where(p => p.Second < 290 && p.Plan.Stage == SignalStage.Yellow), p =>
        {
            double green = p.Plan.Next.Last().InSeconds + p.Second;
            Assert.Contains(run.Plans, later => later.Plan.Stage == SignalStage.Green && later.Plan.Phase == p.Plan.NextPhase && later.Second >= green);
        });
    }
}
