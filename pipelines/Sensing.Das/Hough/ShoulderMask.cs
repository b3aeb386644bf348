namespace Sensing.Das.Hough;

/// <summary>Tells vehicles from the shoulders of stronger ones beside them.</summary>
/// <remarks>
/// A vehicle's signature has weaker lobes before and after it, as long as the vehicle is. A line within their reach counts
/// only by what it stands out above a share of the stronger line's evidence. Long, heavy vehicles have more and longer
/// lobes; strength tells them (the logistic step's width is a factor of e^0.15 in evidence).
/// </remarks>
internal sealed class ShoulderMask(DetectOptions options)
{
    private const double DivideWidth = 0.15;
    private const double FadeSeconds = 0.6;

    /// <summary>Longest time over which a line bears upon another, s.</summary>
    public double ReachSeconds => Math.Max(options.ShoulderLargeSeconds, options.ShoulderSmallSeconds) + FadeSeconds;

    /// <summary>What a line must stand out above, <paramref name="seconds"/> from one with <paramref name="evidence"/>.</summary>
    public double Shoulder(double evidence, double seconds)
    {
        double large = 1 / (1 + Math.Exp(-Math.Log(evidence / options.ShoulderDivide) / DivideWidth));
        double share = options.ShoulderSmall + (large * (options.ShoulderLarge - options.ShoulderSmall));
        double reach = options.ShoulderSmallSeconds + (large * (options.ShoulderLargeSeconds - options.ShoulderSmallSeconds));
        return seconds < reach ? share * evidence : seconds < reach + FadeSeconds ? share * evidence / 2 : 0;
    }

    /// <summary>Goes through <paramref name="lines"/> from the strongest on; returns the excess of each that is a vehicle's, NaN for the rest.</summary>
    /// <param name="lines">Lines, strongest first.</param>
    /// <param name="secondsApart">Mean time between two lines.</param>
    public double[] Excess(IReadOnlyList<LineCandidate> lines, Func<LineCandidate, LineCandidate, double> secondsApart)
    {
        var excess = new double[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            double shoulder = 0;
            for (int j = 0; j < i && !double.IsNaN(shoulder); j++)
            {
                if (!double.IsNaN(excess[j]))
                {
                    double apart = secondsApart(lines[i], lines[j]);
                    shoulder = apart < options.MinHeadwaySeconds ? double.NaN
                        : Math.Max(shoulder, Shoulder(lines[j].Evidence, apart));
                }
            }

            double left = lines[i].Evidence - shoulder;
            excess[i] = left > options.Threshold ? left : double.NaN;
        }

        return excess;
    }
}
