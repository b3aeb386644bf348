namespace Sensing.Scheduling.PlanAhead;

/// <summary>The standard normal distribution, to the accuracy that a decision needs (1e-4 and better).</summary>
internal static class NormalDistribution
{
    /// <summary>Φ(z), after Abramowitz and Stegun 26.2.17 (error below 1e-7).</summary>
    public static double Cumulative(double z)
    {
        double x = Math.Abs(z);
        double t = 1 / (1 + (0.2316419 * x));
        double tail = 0.3989422804014327 * Math.Exp(-0.5 * x * x) * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }

    /// <summary>Φ⁻¹(p), after Abramowitz and Stegun 26.2.23 (error below 4.5e-4).</summary>
    public static double Quantile(double p)
    {
        double tail = Math.Min(p, 1 - p);
        if (tail <= 1e-12)
        {
            return p < 0.5 ? -7 : 7;
        }

        double t = Math.Sqrt(-2 * Math.Log(tail));
        double z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328))))
            / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return p < 0.5 ? -z : z;
    }
}
