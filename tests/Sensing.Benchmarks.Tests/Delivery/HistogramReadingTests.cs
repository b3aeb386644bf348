using Sensing.Benchmarks.Delivery;
using Xunit;

namespace Sensing.Benchmarks.Tests.Delivery;

public sealed class HistogramReadingTests
{
    [Fact]
    public void Quantile_lies_where_Prometheus_puts_it()
    {
        // 100 values up to 0.1, 80 more up to 0.25, 20 beyond: rank 150 of 200 is five eighths into the second bucket.
        var reading = new HistogramReading([(0.1, 100), (0.25, 180), (double.PositiveInfinity, 200)]);
        Assert.Equal(0.05, reading.Quantile(0.25), 12);
        Assert.Equal(0.1 + (0.15 * 50 / 80), reading.Quantile(0.75), 12);
        Assert.Equal(0.25, reading.Quantile(0.99), 12);
        Assert.Equal(0.9, reading.ShareUpTo(0.25), 12);
    }

    [Fact]
    public void Only_what_came_since_the_earlier_scrape_counts()
    {
        HistogramReading before = Scrape(("0.1", 10), ("+Inf", 10));
        HistogramReading after = Scrape(("+Inf", 30), ("0.1", 15));
        HistogramReading since = after.Since(before);
        Assert.Equal(20, since.Count);
        Assert.Equal([(0.1, 5), (double.PositiveInfinity, 20)], since.Buckets);
        Assert.Equal(after, after.Since(Scrape()));
    }

    private static HistogramReading Scrape(params (string Boundary, double Count)[] buckets) => HistogramReading.Of(
        buckets.Select(bucket => KeyValuePair.Create($"wait_seconds_bucket{{le=\"{bucket.Boundary}\"}}", bucket.Count))
            .Append(new("wait_seconds_count", 99)).Append(new("other_bucket{le=\"0.1\"}", 7)).ToDictionary(),
        "wait_seconds");
}
