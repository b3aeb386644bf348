using Sensing.Das.Condition;
using Sensing.Das.Tracks;

namespace Sensing.Das.Hough;

/// <summary>A vehicle's line along a stretch of fibre, found in the evidence itself.</summary>
/// <param name="Pivot">Position at which the line is timed.</param>
/// <param name="Seconds">Time there, s since the last break.</param>
/// <param name="SecondsPerPosition">Slowness with sign, s per position.</param>
/// <param name="Template">Template whose evidence was used.</param>
/// <param name="Clip">Evidence above this counts as this, in deviations of the noise.</param>
/// <remarks>
/// The mean of the evidence along a line, each position's bounded, is largest at the vehicle's own slowness also where every position
/// is late or early by chance: such delays lower the mean of all slownesses alike. Over a short aperture a line that ends one cycle of the
/// signature beside may do as well; over three times as much it does not.
/// </remarks>
internal sealed record StraightLine(double Pivot, double Seconds, double SecondsPerPosition, int Template, float Clip)
{
    /// <summary>How far the slowness may be from the track's, as a ratio less 1: a kink of one cycle of about 1 s within an aperture of
    /// 80 m takes a third of the slowness at 50 km/h.</summary>
    private const double SlownessReach = 0.5;

    /// <summary>How far the time at the pivot may be from the track's, s.</summary>
    private const double TimeReach = 0.5;

    /// <summary>How far from the line a position's own peak may lie, s.</summary>
    private const double RidgeSeconds = 0.25;
    private const int FewestPoints = 5;

    /// <summary>The line near a track with the largest mean; null where its evidence is not at hand.</summary>
    public static StraightLine? Find(
        EvidenceHistory history, SlownessGrid grid, FibreLayout layout, DetectOptions options, Aperture stretch, LineSeed seed, double[]? delays)
    {
        int first = Math.Max(seed.First, stretch.First), last = Math.Min(seed.Last, stretch.Last);
        if (last <= first)
        {
            return null;
        }

        double pivot = (first + last) / 2.0, about = seed.SecondsAt(pivot), slowness = Math.Abs(seed.SecondsPerPosition);

        // One row at either end from one slowness to the next.
        double step = 2 / layout.RateHz / stretch.Count;
        double least = Math.Max(grid.Values[0] * layout.StepM, slowness / (1 + SlownessReach));
        double most = Math.Min(grid.Values[^1] * layout.StepM, slowness * (1 + SlownessReach));
        int slownesses = 1 + (int)Math.Max(0, (most - least) / step), reach = (int)(TimeReach * layout.RateHz);
        int template = grid.Templates[Math.Clamp((int)Math.Round(
            ((slowness / layout.StepM) - grid.Values[0]) / grid.StepSecondsPerM), 0, grid.Values.Length - 1)];
        float clip = (float)Math.Max(seed.Evidence, options.Threshold);
        double best = double.NegativeInfinity;
        StraightLine? found = null;
        for (int k = 0; k < slownesses; k++)
        {
            double perPosition = Math.Sign(seed.SecondsPerPosition) * (least + (k * step));
            for (int r = -reach; r <= reach; r++)
            {
                double seconds = about + (r / layout.RateHz);
                double mean = Mean(history, layout.RateHz, stretch.First, stretch.Last, pivot, seconds, perPosition, template, clip, delays);
                if (mean > best)
                {
                    best = mean;
                    found = new StraightLine(pivot, seconds, perPosition, template, clip);
                }
            }
        }

        return found;
    }

    public double SecondsAt(double position) => Seconds + ((position - Pivot) * SecondsPerPosition);

    /// <summary>Whether each third of the stretch speaks for the line as much as <paramref name="threshold"/>.</summary>
    public bool IsSeenAllAlong(EvidenceHistory history, FibreLayout layout, Aperture stretch, double[]? delays, double threshold)
    {
        int third = stretch.Count / 3;
        return Sees(stretch.First, stretch.First + third)
            && Sees(stretch.First + third, stretch.Last - third)
            && Sees(stretch.Last - third, stretch.Last);

        bool Sees(int first, int last) =>
            Mean(history, layout.RateHz, first, last, Pivot, Seconds, SecondsPerPosition, Template, Clip, delays) >= threshold;
    }

    /// <summary>Robust regression through the peaks near the line; null where too few positions have one.</summary>
    public RobustLine? Fit(EvidenceHistory history, FibreLayout layout, Aperture stretch, double[] delays, double sharing)
    {
        List<double> x = [], t = [];
        int reach = (int)Math.Round(RidgeSeconds * layout.RateHz);
        long oldest = Math.Max(0, history.Newest - history.Kept + 1);
        for (int p = stretch.First; p <= stretch.Last; p++)
        {
            long row = (long)Math.Round((SecondsAt(p) + delays[p]) * layout.RateHz);
            if (!history.Alive[p] || row - reach - 1 < oldest || row + reach + 1 > history.Newest)
            {
                continue;
            }

            ReadOnlySpan<float> around = history.Evidence(Template, p, row - reach, (2 * reach) + 1);
            int best = 1;
            for (int i = 2; i < around.Length - 1; i++)
            {
                best = around[i] > around[best] ? i : best;
            }

            double curve = around[best - 1] - (2 * around[best]) + around[best + 1];
            if (around[best] >= 0.3f * Clip && curve < 0 && around[best] >= around[best - 1] && around[best] >= around[best + 1])
            {
                double shift = Math.Clamp(0.5 * (around[best - 1] - around[best + 1]) / curve, -0.5, 0.5);
                x.Add(layout.DistanceOf(p));
                t.Add(((row - reach + best + shift) / layout.RateHz) - delays[p]);
            }
        }

        return x.Count < FewestPoints ? null : RobustLine.Fit([.. x], [.. t], 1, sharing);
    }

    /// <summary>Mean of the bounded evidence along a line; -∞ where it is not all at hand.</summary>
    private static double Mean(
        EvidenceHistory history, double rateHz, int first, int last, double pivot, double seconds, double perPosition, int template, float clip,
        double[]? delays)
    {
        long oldest = Math.Max(0, history.Newest - history.Kept + 1);
        double sum = 0;
        int count = 0;
        for (int p = first; p <= last; p++)
        {
            if (history.Alive[p])
            {
                double at = seconds + ((p - pivot) * perPosition) + (delays is null ? 0 : delays[p]);
                long row = (long)Math.Round(at * rateHz);
                if (row < oldest || row > history.Newest)
                {
                    return double.NegativeInfinity;
                }

                sum += Math.Clamp(history.Evidence(template, p, row, 1)[0], -clip, clip);
                count++;
            }
        }

        return count == 0 ? double.NegativeInfinity : sum / count;
    }
}
