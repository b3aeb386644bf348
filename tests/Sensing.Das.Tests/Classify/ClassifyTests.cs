using Sensing.Das.Classify;
using Sensing.Das.Events;

namespace Sensing.Das.Tests.Classify;

public sealed class ClassifyTests
{
    [Fact]
    public void The_mixture_finds_the_two_kinds_that_made_the_points()
    {
        (List<double[]> points, List<bool> large) = Draw(400, 0.2, seed: 2);
        GaussianMixture fit = GaussianMixture.Fit(points);
        Assert.InRange(fit.UpperShare, 0.15, 0.25);
        Assert.InRange(fit.LowerMean[0], -6.1, -5.9);
        Assert.InRange(fit.UpperMean[0], -5.1, -4.9);
        int right = points.Where((p, i) => fit.UpperProbability(p) > 0.5 == large[i]).Count();
        Assert.InRange(right / 400.0, 0.97, 1);
    }

    [Fact]
    public void Labels_give_each_kind_its_own_mean_and_deviation()
    {
        (List<double[]> points, List<bool> large) = Draw(300, 0.3, seed: 9);
        ClassModel model = ClassModel.FromLabels(points, [.. large.Select(l => l ? VehicleClass.Large : VehicleClass.Small)]);
        double[] upper = [.. points.Where((_, i) => large[i]).Select(p => p[0])];
        Assert.Equal(upper.Average(), model.Mixture.UpperMean[0], 9);
        Assert.Equal(Math.Sqrt(upper.Average(u => Math.Pow(u - upper.Average(), 2))), model.Mixture.UpperDeviation[0], 9);
        Assert.InRange(model.LargeProbability([-5, -6]), 0.99, 1);
        Assert.InRange(model.LargeProbability([-7, -7]), 0, 0.01);
    }

    private static (List<double[]> Points, List<bool> Large) Draw(int n, double share, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        List<bool> large = [.. Enumerable.Range(0, n).Select(i => i < n * share)];
        return ([.. large.Select(l => new[] { (l ? -5 : -6) + (0.2 * Normal()), (l ? -6 : -7) + (0.3 * Normal()) })], large);
    }
}
