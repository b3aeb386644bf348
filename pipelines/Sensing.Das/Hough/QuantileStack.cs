using System.Runtime.Intrinsics;

namespace Sensing.Das.Hough;

/// <summary>A low quantile of eight columns at once.</summary>
/// <remarks>
/// The classical Hough transform counts pixels; a mean would let a few loud positions stand for a line. A low quantile of
/// the evidence asks that (1 − q) of the positions see the vehicle at least so clearly: weighted by evidence, and robust
/// against bursts on a few channels and against lines that merely cross.
/// </remarks>
internal static class QuantileStack
{
    /// <summary>Columns that are worked on at once.</summary>
    public const int Width = 8;

    /// <summary>The <paramref name="quantile"/> of each column, interpolated linearly; <paramref name="rows"/> are reordered.</summary>
    public static Vector256<float> Of(Span<Vector256<float>> rows, double quantile)
    {
        double place = quantile * (rows.Length - 1);
        int below = (int)place;
        float share = (float)(place - below);
        int passes = Math.Min(rows.Length, below + 2);

        // Selection by bubbling the smallest to the front, passes times: no branches, all columns together.
        for (int pass = 0; pass < passes; pass++)
        {
            Vector256<float> least = rows[pass];
            for (int i = pass + 1; i < rows.Length; i++)
            {
                Vector256<float> other = rows[i];
                rows[i] = Vector256.Max(least, other);
                least = Vector256.Min(least, other);
            }

            rows[pass] = least;
        }

        return below + 1 < rows.Length
            ? (rows[below] * (1 - share)) + (rows[below + 1] * share)
            : rows[below];
    }
}
