using System.Globalization;

namespace Sensing.Benchmarks.Delivery;

/// <summary>A histogram as a Prometheus scrape shows it.</summary>
/// <param name="Buckets">Upper boundaries, rising, the last infinite, each with the number of values up to it.</param>
public sealed record HistogramReading(IReadOnlyList<(double Boundary, double Count)> Buckets)
{
    /// <summary>Number of values.</summary>
    public double Count => Buckets.Count == 0 ? 0 : Buckets[^1].Count;

    /// <summary>The histogram <paramref name="name"/> of a scrape; empty where it has no values yet.</summary>
    public static HistogramReading Of(IReadOnlyDictionary<string, double> values, string name)
    {
        string before = name + "_bucket{le=\"";
        return new HistogramReading(
        [
            .. values.Where(value => value.Key.StartsWith(before, StringComparison.Ordinal))
                .Select(value => (Boundary(value.Key[before.Length..^2]), value.Value))
                .OrderBy(bucket => bucket.Item1),
        ]);
    }

    /// <summary>What came after <paramref name="earlier"/>.</summary>
    public HistogramReading Since(HistogramReading earlier) => earlier.Buckets.Count == 0
        ? this
        : new HistogramReading([.. Buckets.Zip(earlier.Buckets, (now, then) => (now.Boundary, now.Count - then.Count))]);

    /// <summary>The quantile, taking values to be spread evenly within a bucket as Prometheus' <c>histogram_quantile</c> does; the last
    /// finite boundary where it is beyond that.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        double rank = share * Count;
        (double Boundary, double Count) last = (0, 0);
        foreach ((double boundary, double count) in Buckets)
        {
            if (count >= rank && count > last.Count)
            {
                return double.IsInfinity(boundary) ? last.Boundary : last.Boundary + ((boundary - last.Boundary) * (rank - last.Count) / (count - last.Count));
            }

            last = (boundary, count);
        }

        return double.NaN;
    }

    /// <summary>Share of the values up to <paramref name="boundary"/>, which must be one of a bucket.</summary>
    public double ShareUpTo(double boundary) => Buckets.Single(bucket => bucket.Boundary == boundary).Count / Count;

    private static double Boundary(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}
