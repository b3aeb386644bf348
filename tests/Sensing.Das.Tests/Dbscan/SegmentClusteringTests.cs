using CsCheck;
using Sensing.Das.Condition;
using Sensing.Das.Dbscan;
using Sensing.Das.Events;
using Sensing.Das.Hough;
using Sensing.Steps;

namespace Sensing.Das.Tests.Dbscan;

public sealed class SegmentClusteringTests
{
    private const int Positions = 40;
    private static readonly DasOptions Options = DasOptions.Highway with { Track = new TrackOptions { GapM = 0, GapSeconds = 0 } };

    [Fact]
    public void Clusters_are_those_of_a_batch_dbscan_over_all_pairs() =>
        Gen.Select(Gen.Int[1, 7], Gen.Int).Sample((vehicles, seed) =>
        {
            List<Segment> segments = Traffic(vehicles, seed);
            List<HashSet<Segment>> expected = BruteForce(segments, Options.Detect.ClusterSeconds);

            // Where one component holds two lines of one aperture the constraint parts them: another question.
            if (expected.Exists(c => c.GroupBy(s => s.Aperture).Any(g => g.Count() > 1)))
            {
                return true;
            }

            List<HashSet<Segment>> found = [.. Stream(segments).Select(c => c.Segments.ToHashSet())];
            return found.Count == expected.Count && expected.TrueForAll(e => found.Exists(f => f.SetEquals(e)));
        });

    [Fact]
    public void Vehicles_one_and_a_half_seconds_apart_stay_apart()
    {
        List<Segment> segments = [.. Line(10, 0.05), .. Line(11.5, 0.05)];
        List<SegmentCluster> clusters = Stream(segments);
        Assert.Equal(2, clusters.Count);
        Assert.All(clusters, c => Assert.True(c.Complete));
        Assert.All(clusters, c => Assert.Equal(4, c.Segments.Count));
    }

    [Fact]
    public void A_vehicle_that_is_not_seen_again_closes_incomplete()
    {
        SegmentCluster cluster = Assert.Single(Stream([.. Line(10, 0.05).Take(2)]));
        Assert.False(cluster.Complete);
    }

    [Fact]
    public void The_distance_is_the_mean_over_shared_positions_and_infinite_without()
    {
        Segment a = One(0, 0, 15, 10, 0.25), b = One(1, 8, 23, 12.5, 0.25);
        Assert.Equal(0.5, SegmentDistance.Seconds(a, b), 9);
        Assert.Equal(double.PositiveInfinity, SegmentDistance.Seconds(a, One(2, 16, 31, 12, 0.25)));
        Assert.Equal(double.PositiveInfinity, SegmentDistance.Seconds(a, b with { Direction = TravelDirection.Decreasing }));
    }

    private static List<SegmentCluster> Stream(List<Segment> segments)
    {
        var site = new SiteState(Options, null);
        site.Use(new FibreLayout(new DasGeometry(Positions, 0.04, 5, 0), Options));
        var clustering = new SegmentClustering(Options, site);
        var clusters = new List<SegmentCluster>();
        foreach (Segment segment in segments.OrderBy(s => s.ExitSeconds))
        {
            clustering.Next(new Batch<Segment>(default, segment.ExitSeconds, [segment]), b => clusters.AddRange(b.Items));
        }

        clustering.Next(new Batch<Segment>(default, double.PositiveInfinity, []), b => clusters.AddRange(b.Items));
        return clusters;
    }

    private static List<HashSet<Segment>> BruteForce(List<Segment> segments, double eps)
    {
        var clusters = new List<HashSet<Segment>>();
        foreach (Segment segment in segments)
        {
            List<HashSet<Segment>> near = clusters.FindAll(c => c.Any(o => SegmentDistance.Seconds(segment, o) <= eps));
            HashSet<Segment> home = [segment, .. near.SelectMany(c => c)];
            clusters.RemoveAll(near.Contains);
            clusters.Add(home);
        }

        return clusters;
    }

    private static List<Segment> Traffic(int vehicles, int seed)
    {
        var random = new Random(seed);
        var segments = new List<Segment>();
        double time = 10;
        for (int v = 0; v < vehicles; v++)
        {
            time += 0.3 + (3 * random.NextDouble());
            segments.AddRange(Line(time, 0.03 + (0.06 * random.NextDouble())).Where(_ => random.NextDouble() > 0.05));
        }

        return segments;
    }

    private static IEnumerable<Segment> Line(double time, double secondsPerM) =>
        Enumerable.Range(0, 4).Select(a => One(a, a * 8, (a * 8) + 15, time + (a * 8 * 5 * secondsPerM), secondsPerM * 5));

    private static Segment One(int aperture, int first, int last, double seconds, double perPosition) => new()
    {
        Aperture = aperture,
        Direction = TravelDirection.Increasing,
        FirstPosition = first,
        LastPosition = last,
        FirstSeconds = seconds,
        SecondsPerPosition = perPosition,
        Evidence = 3,
        Excess = 3,
        Points = [],
    };
}
