using Sensing.Scheduling.PlanAhead;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.PlanAhead;

public class ArrivalForecastTests
{
    [Fact]
    public void The_rhythm_and_the_types_of_a_drone_are_promised_again()
    {
        var forecast = new ArrivalForecast();
        foreach ((int type, long at) in new[] { (0, 100L), (3, 100L), (3, 1100L), (0, 1100L) })
        {
            forecast.Arrived(new InferenceTask(0, type, PublishedTaskTypes.Passive[type], 2, at));
        }

        Assert.Equal(3, forecast.Count);
        Assert.True(forecast.TryNext(2, 1100, out long next, out long period, out ulong types));
        Assert.Equal((2100, 1000, 0b1001UL), (next, period, types));
    }

    [Fact]
    public void Nothing_is_promised_of_a_drone_seen_once_or_overdue()
    {
        var forecast = new ArrivalForecast();
        forecast.Arrived(new InferenceTask(0, 0, PublishedTaskTypes.Passive[0], 0, 100));
        Assert.False(forecast.TryNext(0, 100, out _, out _, out _));

        forecast.Arrived(new InferenceTask(0, 0, PublishedTaskTypes.Passive[0], 0, 1100));
        Assert.True(forecast.TryNext(0, 1100, out _, out _, out _));
        Assert.False(forecast.TryNext(0, 2100, out _, out _, out _));
    }

    [Fact]
    public void Poisson_arrivals_are_seen_to_be_unforeseen_and_nothing_is_promised()
    {
        var forecast = new ArrivalForecast();
        int promised = 0;
        foreach (InferenceTask task in Draw(new ArrivalOptions { Kind = ArrivalKind.Poisson }))
        {
            forecast.Arrived(task);
            promised += task.Release > 60_000_000 && forecast.TryNext(task.Drone, task.Release, out _, out _, out _) ? 1 : 0;
        }

        Assert.InRange(forecast.Foreseen, 0, 0.4);
        Assert.InRange(promised, 0, 20);
    }

    [Fact]
    public void Jitter_of_a_twentieth_of_the_period_is_still_a_rhythm()
    {
        var forecast = new ArrivalForecast();
        int promised = 0;
        int all = 0;
        foreach (InferenceTask task in Draw(new ArrivalOptions { Kind = ArrivalKind.Jittered, Jitter = 50_000 }))
        {
            forecast.Arrived(task);
            all += task.Release > 10_000_000 ? 1 : 0;
            promised += task.Release > 10_000_000 && forecast.TryNext(task.Drone, task.Release, out long at, out _, out _)
                && Math.Abs(at - task.Release - 1_000_000) < 160_000 ? 1 : 0;
        }

        Assert.InRange(promised, 0.95 * all, all);
        Assert.InRange(forecast.Foreseen, 0.9, 1);
    }

    [Fact]
    public void A_drone_that_was_away_keeps_its_rhythm()
    {
        var forecast = new ArrivalForecast();
        foreach (long at in new[] { 0L, 1000, 2000, 3000, 20_500 })
        {
            forecast.Arrived(new InferenceTask(0, 0, PublishedTaskTypes.Passive[0], 0, at));
        }

        Assert.True(forecast.TryNext(0, 20_500, out long next, out long period, out _));
        Assert.Equal((21_500, 1000), (next, period));
    }

    private static IReadOnlyList<InferenceTask> Draw(ArrivalOptions arrivals) =>
        TaskStream.Draw(Workload.Passive(3) with { Types = [PublishedTaskTypes.HazardVest], Arrivals = arrivals }, LatencyOptions.Default, 6).Tasks;
}
