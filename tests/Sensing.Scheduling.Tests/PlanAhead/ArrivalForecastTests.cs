using Sensing.Scheduling.PlanAhead;

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
}
