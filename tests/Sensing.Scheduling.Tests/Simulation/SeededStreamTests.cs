using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Simulation;

public class SeededStreamTests
{
    [Fact]
    public void Purposes_and_seeds_give_streams_of_their_own()
    {
        double[] Draw(long seed, string purpose)
        {
            var stream = new SeededStream(seed, purpose);
            return [.. Enumerable.Range(0, 20).Select(_ => stream.Uniform())];
        }

        Assert.Equal(Draw(1, "edge time"), Draw(1, "edge time"));
        Assert.NotEqual(Draw(1, "edge time"), Draw(2, "edge time"));
        Assert.NotEqual(Draw(1, "edge time"), Draw(1, "cloud time"));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_normal()
    {
        var stream = new SeededStream(3, "moments");
        double[] draws = [.. Enumerable.Range(0, 40_000).Select(_ => stream.Normal())];
        double mean = draws.Average();

        Assert.InRange(mean, -0.02, 0.02);
        Assert.InRange(draws.Average(x => (x - mean) * (x - mean)), 0.97, 1.03);
        Assert.InRange(draws.Count(x => x > 1.6448536) / 40_000.0, 0.046, 0.054);
    }
}
