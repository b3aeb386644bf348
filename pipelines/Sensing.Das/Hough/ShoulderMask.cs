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
    private const double ReachStep = 0.1;

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

    /// <summary>How near, s, a line with <paramref name="strongest"/> evidence must be to deny one with <paramref name="evidence"/>.</summary>
    public double ReachOf(double strongest, double evidence)
    {
        double reach = ReachSeconds;
        while (reach > 0 && Shoulder(strongest, reach - ReachStep) < evidence - options.Threshold)
        {
            reach -= ReachStep;
        }

        return reach;
    }

    /// <summary>Goes through <paramref name="lines"/> from the strongest on; returns the excess of each that is a vehicle's, NaN for the rest.</summary>
    /// <param name="lines">Lines, strongest first.</param>
    /// <param name="secondsAt">When a line passes each of some places spread evenly over the aperture, s.</param>
    public double[] Excess(IReadOnlyList<LineCandidate> lines, Func<LineCandidate, double[]> secondsAt)
    {
        var excess = new double[lines.Count];
        double[][] times = [.. lines.Select(secondsAt)];
        for (int i = 0; i < lines.Count; i++)
        {
            double shoulder = 0;
            var taken = new bool[times[i].Length];
            for (int j = 0; j < i && !double.IsNaN(shoulder); j++)
            {
                if (!double.IsNaN(excess[j]))
                {
                    double apart = Compare(times[i], times[j], taken);
                    shoulder = apart < options.MinHeadwaySeconds ? double.NaN
                        : Math.Max(shoulder, Shoulder(lines[j].Evidence, apart));
                }
            }

            // The quantile lets a share of the places see nothing. Where stronger lines own more of them, what this line's
            // evidence stands on is theirs: it lies across several vehicles.
            double left = lines[i].Evidence - shoulder;
            bool own = taken.Count(t => t) <= options.Quantile * taken.Length;
            excess[i] = left > options.Threshold && own ? left : double.NaN;
        }

        return excess;
    }

    /// <summary>Mean time between two lines; marks the places where they run together.</summary>
    private double Compare(double[] line, double[] stronger, bool[] taken)
    {
        double sum = 0;
        for (int i = 0; i < line.Length; i++)
        {
            double apart = Math.Abs(line[i] - stronger[i]);
            sum += apart;
            taken[i] |= apart < options.MinHeadwaySeconds;
        }

        return sum / line.Length;
    }
}
