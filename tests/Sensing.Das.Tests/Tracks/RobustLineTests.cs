using CsCheck;
using Sensing.Das.Tracks;

namespace Sensing.Das.Tests.Tracks;

public sealed class RobustLineTests
{
    [Fact]
    public void Without_outliers_it_is_the_least_squares_line() =>
        Gen.Select(Gen.Double[-0.2, 0.2], Gen.Double[0, 100], Gen.Int[5, 60]).Sample((slowness, start, n) =>
        {
            double[] x = [.. Enumerable.Range(0, n).Select(i => 5.0 * i)], t = [.. x.Select(v => start + (slowness * v))];
            var line = RobustLine.Fit(x, t, 1);
            Assert.Equal(slowness, line.Slowness, 1e-6);
            Assert.Equal(start + (slowness * 12), line.SecondsAt(12), 1e-5);
        });

    [Fact]
    public void A_fifth_of_wild_points_hardly_moves_the_speed()
    {
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, 40).Select(i => 5.0 * i)];
        double[] t = [.. x.Select((v, i) => (v / 20) + (0.02 * (random.NextDouble() - 0.5)) + (i % 5 == 2 ? 3 : 0))];
        Assert.InRange(1 / RobustLine.Fit(x, t, 1).Slowness, 19.4, 20.6);
    }

    [Fact]
    public void The_standard_error_is_the_spread_of_repeated_fits()
    {
        var random = new Random(8);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] x = [.. Enumerable.Range(0, 30).Select(i => 5.0 * i)];
        RobustLine[] fits = [.. Enumerable.Range(0, 400).Select(_ => RobustLine.Fit(x, [.. x.Select(v => (v / 15) + (0.05 * Normal()))], 1))];
        double mean = fits.Average(f => f.Slowness), spread = Math.Sqrt(fits.Average(f => Math.Pow(f.Slowness - mean, 2)));
        Assert.InRange(fits.Average(f => f.SlownessError), 0.7 * spread, 1.3 * spread);
    }

    [Fact]
    public void A_parabola_tells_the_acceleration()
    {
        // x = 10 t + t²/2: 1 m/s².
        double[] t = [.. Enumerable.Range(0, 40).Select(i => 0.25 * i)], x = [.. t.Select(v => (10 * v) + (0.5 * v * v))];
        var line = RobustLine.Fit(x, t, 2);
        Assert.InRange(line.AccelerationMs2, 0.8, 1.2);
    }

    [Fact]
    public void Too_few_points_are_refused() =>
        Assert.Throws<ArgumentException>(() => RobustLine.Fit([1, 2], [1, 2], 2));
}
