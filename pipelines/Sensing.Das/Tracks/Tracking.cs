using Sensing.Das.Condition;
using Sensing.Das.Dbscan;
using Sensing.Das.Events;
using Sensing.Das.Hough;
using Sensing.Steps;

namespace Sensing.Das.Tracks;

/// <summary>Step 5: clusters to fitted tracks. Teaches the site's position delays from the residuals.</summary>
internal sealed class Tracking(DasOptions options, SiteState site) : IStep<Batch<SegmentCluster>, Batch<Passage>>
{
    /// <summary>A parabola is taken where its curvature is this many standard errors from zero…</summary>
    private const double CurvatureNeeded = 5;

    /// <summary>…and the track is at least this long, in apertures.</summary>
    private const double CurveApertures = 1.5;
    private const int FewestPoints = 5;
    private const int LinePoints = 9;

    /// <summary>How long a reported track is remembered to know its doubles by, s.</summary>
    private const double RememberSeconds = 60;

    private readonly List<Footprint> _reported = [];

    public void Next(Batch<SegmentCluster> batch, Action<Batch<Passage>> emit)
    {
        Passage[] passages = [.. batch.Items.Select(cluster => Fit(cluster, batch.Origin)).OfType<Passage>()];
        var kept = new HashSet<Passage>(ReferenceEqualityComparer.Instance);
        foreach (Passage passage in passages.OrderByDescending(p => p.Evidence))
        {
            // Two vehicles do not leave side by side in one lane: lines that run together at the end are one vehicle's.
            Footprint way = WayOf(passage);
            if (!_reported.Exists(other => way.SecondsFrom(other, options.Detect.ApertureM) < options.Detect.MinHeadwaySeconds))
            {
                _reported.Add(way);
                kept.Add(passage);
            }
        }

        _reported.RemoveAll(way => way.EndSeconds < batch.Until - RememberSeconds);
        emit(new Batch<Passage>(batch.Origin, batch.Until, [.. passages.Where(kept.Contains)]));
    }

    public void Break(Action<Batch<Passage>> emit) => _reported.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("tracking-2");
        state.WriteArray<Footprint>(_reported.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("tracking-2");
        _reported.Clear();
        _reported.AddRange(state.ReadArray<Footprint>(1_000_000));
    }

    private static Footprint WayOf(Passage passage)
    {
        bool rising = passage.Direction == TravelDirection.Increasing;
        double middle = passage.Line[LinePoints / 2].Seconds;
        return rising
            ? new Footprint(passage.Direction, passage.StartM, passage.EndM, passage.StartSeconds, middle, passage.EndSeconds)
            : new Footprint(passage.Direction, passage.EndM, passage.StartM, passage.EndSeconds, middle, passage.StartSeconds);
    }

    private Passage? Fit(SegmentCluster cluster, DateTimeOffset origin)
    {
        FibreLayout layout = site.Layout!;
        double[] delays = site.Delays.Of((int)cluster.Direction);
        TrackedPoint[] points = Points(cluster, delays);
        if (points.Length < FewestPoints)
        {
            return null;
        }

        double[] x = [.. points.Select(p => layout.DistanceOf(p.Position))], t = [.. points.Select(p => p.Seconds)];
        double length = x[^1] - x[0];
        if (length < Math.Min(options.Track.MinLengthM, 0.6 * options.Detect.ApertureM))
        {
            return null;
        }

        double sharing = Math.Max(1, Math.Max(layout.Geometry.GaugeLengthM, options.Condition.SignatureM) / layout.StepM);
        var line = RobustLine.Fit(x, t, 1, sharing);
        if (length >= CurveApertures * options.Detect.ApertureM && points.Length >= 20)
        {
            var curve = RobustLine.Fit(x, t, 2, sharing);
            bool onward = Math.Sign(curve.SlownessAt(x[0])) == Math.Sign(curve.SlownessAt(x[^1]));
            line = onward && Math.Abs(curve.Curvature) > CurvatureNeeded ? curve : line;
        }

        bool rising = cluster.Direction == TravelDirection.Increasing;
        if (line.Slowness == 0 || rising != line.Slowness > 0)
        {
            return null;
        }

        var seed = new LineSeed(
            (int)cluster.Direction, points[0].Position, points[^1].Position, line.SecondsAt((x[0] + x[^1]) / 2), line.Slowness * layout.StepM,
            Median(points.Select(p => p.Evidence)));
        Passage passage = Describe(cluster, origin, points, line, x, delays);
        if (site.Delays.Measure(seed, sharing) is { } measured)
        {
            double speed = 1 / Math.Abs(measured.Slowness);
            passage = passage with { SpeedMs = speed, SpeedErrorMs = speed * speed * measured.Error };
        }

        // A short track's trend is what delays and speed share; only a long one teaches.
        if (length >= Math.Min(1.4 * options.Detect.ApertureM, 0.8 * layout.StepM * layout.Positions))
        {
            site.Delays.Learn(seed, [.. points.Select(p => (p.Position, p.Seconds - line.SecondsAt(layout.DistanceOf(p.Position))))]);
        }

        return passage;
    }

    /// <summary>One point a position: the mean of what overlapping segments saw.</summary>
    private static TrackedPoint[] Points(SegmentCluster cluster, double[] delays) => [.. cluster.Segments
        .SelectMany(s => s.Points)
        .GroupBy(p => p.Position)
        .OrderBy(g => g.Key)
        .Select(g => new TrackedPoint(
            g.Key, g.Average(p => p.Seconds) - delays[g.Key], g.Average(p => (double)p.Evidence),
            g.Average(p => (double)p.Amplitude), g.Average(p => (double)p.Vibration)))];

    private Passage Describe(
        SegmentCluster cluster, DateTimeOffset origin, TrackedPoint[] points, RobustLine line, double[] x, double[] delays)
    {
        FibreLayout layout = site.Layout!;
        bool rising = cluster.Direction == TravelDirection.Increasing;
        double startM = rising ? x[0] : x[^1], endM = rising ? x[^1] : x[0];
        double wanted = options.ReferenceM ?? (layout.FirstM + (layout.StepM * (layout.Positions - 1) / 2));
        bool at = wanted >= x[0] - options.Track.ExtendM && wanted <= x[^1] + options.Track.ExtendM;
        double reference = at ? wanted : wanted < x[0] ? x[0] : x[^1];

        // The event's time is when the channel at the reference sees the passage, so its own delay belongs to it.
        int nearest = Math.Clamp((int)Math.Round((reference - layout.FirstM) / layout.StepM), 0, layout.Positions - 1);
        double speed = 1 / Math.Abs(line.Slowness);
        return new Passage
        {
            Origin = origin,
            Direction = cluster.Direction,
            ReferenceM = reference,
            ReferenceSeconds = line.SecondsAt(reference) + delays[nearest],
            AtReference = at,
            SpeedMs = speed,
            SpeedErrorMs = speed * speed * line.SlownessError,
            AccelerationMs2 = line.Degree == 2 ? line.AccelerationMs2 : null,
            StartM = startM,
            StartSeconds = line.SecondsAt(startM),
            EndM = endM,
            EndSeconds = line.SecondsAt(endM),
            Evidence = cluster.Segments.Max(s => s.Excess),
            Amplitude = Median(points.Select(p => p.Amplitude)),
            Vibration = Median(points.Select(p => p.Vibration)),
            AlongsideSeconds = 2 * options.Condition.SignatureM / speed,
            Line = [.. Enumerable.Range(0, LinePoints).Select(i =>
            {
                double m = startM + ((endM - startM) * i / (LinePoints - 1));
                return (line.SecondsAt(m), m);
            })],
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
