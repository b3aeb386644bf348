namespace Sensing.Das.Classify;

/// <summary>A mixture of two Gaussians with diagonal covariance, by expectation and maximisation.</summary>
/// <remarks>Dempster, Laird and Rubin, J. R. Stat. Soc. B 39, 1977. Deterministic: started from a split at the widest gap of
/// the first feature's upper and lower thirds, deviations kept above a floor so that no component collapses on a point.</remarks>
public sealed record GaussianMixture
{
    private const double DeviationFloor = 0.08;
    private const int Rounds = 200;

    /// <summary>Share of the component with the larger first feature.</summary>
    public required double UpperShare { get; init; }

    public required IReadOnlyList<double> LowerMean { get; init; }

    public required IReadOnlyList<double> LowerDeviation { get; init; }

    public required IReadOnlyList<double> UpperMean { get; init; }

    public required IReadOnlyList<double> UpperDeviation { get; init; }

    /// <summary>Log-likelihood of the data it was fitted to.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>Fits unlabelled points.</summary>
    /// <param name="points">Features of each, first the one that orders the components; 4 or more.</param>
    public static GaussianMixture Fit(IReadOnlyList<double[]> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 4);
        GaussianMixture? best = null;

        // Several starts, for the share of large vehicles is not known: the likeliest fit is kept.
        foreach (double share in new[] { 0.1, 0.2, 0.35, 0.5 })
        {
            double[] order = [.. points.Select(p => p[0]).Order()];
            double divide = order[Math.Clamp((int)((1 - share) * order.Length), 1, order.Length - 1)];
            double[] upper = [.. points.Select(p => p[0] >= divide ? 1.0 : 0.0)];
            GaussianMixture fit = Maximise(points, upper);
            for (int round = 0; round < Rounds; round++)
            {
                upper = [.. points.Select(fit.UpperProbability)];
                GaussianMixture next = Maximise(points, upper);
                bool settled = Math.Abs(next.LogLikelihood - fit.LogLikelihood) < 1e-9 * Math.Abs(fit.LogLikelihood);
                fit = next;
                if (settled)
                {
                    break;
                }
            }

            best = best is null || fit.LogLikelihood > best.LogLikelihood ? fit : best;
        }

        return best!.LowerMean[0] <= best.UpperMean[0] ? best : best with
        {
            UpperShare = 1 - best.UpperShare,
            LowerMean = best.UpperMean,
            LowerDeviation = best.UpperDeviation,
            UpperMean = best.LowerMean,
            UpperDeviation = best.LowerDeviation,
        };
    }

    /// <summary>Fits labelled points: one Gaussian for each label.</summary>
    public static GaussianMixture Fit(IReadOnlyList<double[]> points, IReadOnlyList<bool> upper) =>
        Maximise(points, [.. upper.Select(u => u ? 1.0 : 0.0)]);

    /// <summary>Log-likelihood of points under the one Gaussian that fits them best.</summary>
    internal static double LogLikelihoodOfOne(IReadOnlyList<double[]> points)
    {
        int features = points[0].Length;
        double[] mean = [.. Enumerable.Range(0, features).Select(f => Mean(points, f, _ => 1, points.Count))];
        double[] deviation = [.. Enumerable.Range(0, features).Select(f => Deviation(points, f, _ => 1, points.Count, mean[f]))];
        return points.Sum(p => LogDensity(p, mean, deviation));
    }

    /// <summary>Probability that a point belongs to the upper component.</summary>
    public double UpperProbability(double[] point)
    {
        double upper = Math.Log(UpperShare) + LogDensity(point, UpperMean, UpperDeviation);
        double lower = Math.Log(1 - UpperShare) + LogDensity(point, LowerMean, LowerDeviation);
        return 1 / (1 + Math.Exp(Math.Clamp(lower - upper, -700, 700)));
    }

    private static GaussianMixture Maximise(IReadOnlyList<double[]> points, double[] upper)
    {
        int features = points[0].Length;
        var low = new double[features];
        var lowDeviation = new double[features];
        var high = new double[features];
        var highDeviation = new double[features];
        double weight = upper.Sum(), rest = points.Count - weight;
        for (int f = 0; f < features; f++)
        {
            high[f] = Mean(points, f, i => upper[i], weight);
            low[f] = Mean(points, f, i => 1 - upper[i], rest);
            highDeviation[f] = Deviation(points, f, i => upper[i], weight, high[f]);
            lowDeviation[f] = Deviation(points, f, i => 1 - upper[i], rest, low[f]);
        }

        var fit = new GaussianMixture
        {
            UpperShare = Math.Clamp(weight / points.Count, 1e-3, 1 - 1e-3),
            LowerMean = low,
            LowerDeviation = lowDeviation,
            UpperMean = high,
            UpperDeviation = highDeviation,
        };
        return fit with { LogLikelihood = points.Sum(fit.LogDensityOf) };
    }

    internal double LogDensityOf(double[] point)
    {
        double upper = Math.Log(UpperShare) + LogDensity(point, UpperMean, UpperDeviation);
        double lower = Math.Log(1 - UpperShare) + LogDensity(point, LowerMean, LowerDeviation);
        double larger = Math.Max(upper, lower);
        return larger + Math.Log(Math.Exp(upper - larger) + Math.Exp(lower - larger));
    }

    private static double LogDensity(double[] point, IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        double sum = 0;
        for (int f = 0; f < point.Length; f++)
        {
            double u = (point[f] - mean[f]) / deviation[f];
            sum -= (u * u / 2) + Math.Log(deviation[f]) + (0.5 * Math.Log(2 * Math.PI));
        }

        return sum;
    }

    private static double Mean(IReadOnlyList<double[]> points, int feature, Func<int, double> weight, double total) =>
        total <= 0 ? 0 : Enumerable.Range(0, points.Count).Sum(i => weight(i) * points[i][feature]) / total;

    private static double Deviation(IReadOnlyList<double[]> points, int feature, Func<int, double> weight, double total, double mean) =>
        Math.Max(DeviationFloor, total <= 0 ? 1 : Math.Sqrt(Enumerable.Range(0, points.Count)
            .Sum(i => weight(i) * Math.Pow(points[i][feature] - mean, 2)) / total));
}
