using Sensing.Scheduling.PlanAhead;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.PlanAhead;

public class CloudAvailabilityTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Two_refusals_close_the_cloud_time_opens_it_a_little_and_a_success_opens_it_whole()
    {
        var cloud = new CloudAvailability();
        cloud.Learn(0, refused: false, Second);
        Assert.InRange(cloud.Chance, 0.99, 1);

        cloud.Learn(2 * Second, refused: true, 2 * Second);
        cloud.Learn((2 * Second) + 1, refused: true, (2 * Second) + 1);
        Assert.True(cloud.IsDown);
        Assert.InRange(cloud.Chance, 0, 0.01);

        cloud.MoveTo(5 * Second);
        Assert.InRange(cloud.Chance, 0.1, 0.4);
        cloud.Learn(5 * Second, refused: false, 6 * Second);
        Assert.InRange(cloud.Chance, 0.95, 1);
    }

    [Fact]
    public void A_call_made_before_the_newest_says_nothing_about_the_present()
    {
        var cloud = new CloudAvailability();
        cloud.Learn(2 * Second, refused: true, 2 * Second);
        double chance = cloud.Chance;
        cloud.Learn(Second, refused: false, 3 * Second);

        Assert.Equal(chance, cloud.Chance);
    }

    [Fact]
    public void A_cloud_that_breaks_every_fifth_call_is_learned_to_be_no_outage()
    {
        var cloud = new CloudAvailability();
        var draws = new SeededStream(4, "refusals");
        double sum = 0;
        for (int i = 0; i < 4000; i++)
        {
            cloud.Learn(i * 100_000L, draws.Uniform() < 0.2, i * 100_000L);
            sum += i >= 2000 ? cloud.Chance : 0;
        }

        Assert.InRange(sum / 2000, 0.6, 0.85);
    }
}
