using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>How hard a motion is, and where it came from.</summary>
/// <param name="PeakMs2">Largest acceleration without its level, m/s².</param>
/// <param name="JerkMs3">Its largest rate of change, m/s³.</param>
/// <param name="DeltaVMs">Change of the horizontal velocity about the peak, m/s.</param>
/// <param name="DirectionDeg">Where the blow came from, ° from own bow, positive to starboard.</param>
public readonly record struct Severity(double PeakMs2, double JerkMs3, double DeltaVMs, double DirectionDeg)
{
    /// <summary>Blows of small craft last less; longer, and waves move the vessel as much.</summary>
    private const double LongestSeconds = 0.4;

    /// <param name="window">The motion.</param>
    /// <param name="shownAt">The sample of the window that showed it.</param>
    public static Severity Of(MotionWindow window, int shownAt)
    {
        var linear = new Triple(window.Length, detrends: false);
        linear.Fill(window[0], window[1], window[2]);
        double x = 0, y = 0, best = 0;
        (double X, double Y) push = (linear[0][linear.PeakAt], linear[1][linear.PeakAt]);
        int first = Math.Max(0, shownAt - (int)(0.05 * window.Rate)), last = Math.Min(window.Length, first + (int)(LongestSeconds * window.Rate));

        // The sea's share is what went on before: the mean over the tenth of a second before the motion.
        int quiet = (int)(0.1 * window.Rate);
        double seaX = linear.Mean(0, first - quiet, first), seaY = linear.Mean(1, first - quiet, first);
        for (int i = first; i < last; i++)
        {
            x += (linear[0][i] - seaX) / window.Rate;
            y += (linear[1][i] - seaY) / window.Rate;
            if ((x * x) + (y * y) > best)
            {
                (best, push) = ((x * x) + (y * y), (x, y));
            }
        }

        return new Severity(linear.Peak, linear.Jerk(window.Rate), Math.Sqrt(best), Math.Atan2(-push.Y, -push.X) * 180 / Math.PI);
    }
}
