using CsCheck;
using Sensing.Configuration;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>The invariant that no input breaks. The measure <c>signal-delay</c> runs ten million of these steps.</summary>
public sealed class SignalSafetyTests
{
    [Fact]
    public void Whatever_comes_no_conflicting_greens_and_every_change_through_yellow_and_all_red() =>
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                SignalMonitor monitor = RandomSteps.Run(seed, 2000);
                Assert.Null(monitor.Problem);
                Assert.Equal((0, 0), (monitor.Conflicts, monitor.BadChanges));
            },
            iter: 100, threads: 1);

    [Fact]
    public void The_random_junctions_are_valid_and_their_signals_change()
    {
        int greens = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            JunctionOptions options = RandomJunction.Make(new Random(seed));
            Assert.Equal([], options.Check().Select(p => p.ToString()));
            greens += RandomSteps.Run(seed, 500).Greens;
        }

        Assert.True(greens > 1000, $"only {greens} greens: the steps hardly try anything");
    }

    [Fact]
    public void The_monitor_sees_a_conflict_and_a_change_without_yellow()
    {
        JunctionOptions options = Crossroads.Options;
        var monitor = new SignalMonitor(options);
        DateTimeOffset time = DateTimeOffset.UnixEpoch;
        monitor.Begin(time);
        monitor.Seen(time, Crossroads.Plan(SignalAspect.Green, SignalAspect.Green));
        Assert.Equal(1, monitor.Conflicts);
        monitor.Begin(time.AddSeconds(9));
        monitor.Seen(time.AddSeconds(9), Crossroads.Plan(SignalAspect.Red, SignalAspect.Green));
        Assert.Equal(1, monitor.BadChanges);
    }
}
