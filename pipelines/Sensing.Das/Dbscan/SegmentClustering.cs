using Sensing.Das.Events;
using Sensing.Das.Hough;
using Sensing.Steps;

namespace Sensing.Das.Dbscan;

/// <summary>Step 4: DBSCAN over the stream of segments.</summary>
/// <remarks>
/// Ester et al., KDD 1996, grown as segments come: with the time-difference metric a segment's neighbours are among the
/// clusters still open, and each new segment unites those that have a segment within eps. Two segments of one aperture are
/// two vehicles, however close: that is a cannot-link constraint (C-DBSCAN, Ruiz et al., RSFDGrC 2007), and the nearest
/// cluster comes first. A cluster closes when its vehicle has left the section, or when the next aperture had time to see it and did not.
/// </remarks>
internal sealed class SegmentClustering(DasOptions options, SiteState site) : IStep<Batch<Segment>, Batch<SegmentCluster>>
{
    private const double SlackSeconds = 0.6;

    private readonly List<List<Segment>> _open = [];

    public void Next(Batch<Segment> batch, Action<Batch<SegmentCluster>> emit)
    {
        foreach (Segment segment in batch.Items)
        {
            Join(segment);
        }

        var closed = new List<SegmentCluster>();
        for (int i = 0; i < _open.Count;)
        {
            List<Segment> cluster = _open[i];
            bool complete = IsComplete(cluster);
            if (complete || DueSeconds(cluster) < batch.Until)
            {
                _open.RemoveAt(i);
                if (cluster.Count >= options.Detect.ClusterSegments)
                {
                    closed.Add(new SegmentCluster(Ordered(cluster), complete));
                }
            }
            else
            {
                i++;
            }
        }

        closed.Sort((a, b) => (a.Last.ExitSeconds, a.Last.ExitPosition).CompareTo((b.Last.ExitSeconds, b.Last.ExitPosition)));
        emit(new Batch<SegmentCluster>(batch.Origin, batch.Until, closed));
    }

    public void Break(Action<Batch<SegmentCluster>> emit) => _open.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("dbscan-1");
        state.Write(_open.Count);
        foreach (List<Segment> cluster in _open)
        {
            SegmentState.Write(state, cluster);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("dbscan-1");
        _open.Clear();
        int count = state.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            _open.Add(SegmentState.Read(state));
        }
    }

    private void Join(Segment segment)
    {
        List<Segment>? home = null;
        foreach (List<Segment> cluster in _open
            .Select(c => (Cluster: c, Apart: c.Min(other => SegmentDistance.Seconds(segment, other))))
            .Where(near => near.Apart <= options.Detect.ClusterSeconds)
            .OrderBy(near => near.Apart).Select(near => near.Cluster).ToArray())
        {
            if (home is null && !cluster.Exists(other => other.Aperture == segment.Aperture))
            {
                home = cluster;
            }
            else if (home is not null && !cluster.Exists(one => one.Aperture == segment.Aperture || home.Exists(other => other.Aperture == one.Aperture)))
            {
                home.AddRange(cluster);
                _open.Remove(cluster);
            }
        }

        home ??= FoundAgain(segment);
        if (home is null)
        {
            _open.Add(home = []);
        }

        home.Add(segment);
    }

    /// <summary>The open cluster whose vehicle, lost for a while, would be where the segment begins; null where none would.</summary>
    private List<Segment>? FoundAgain(Segment segment)
    {
        List<Segment>? best = null;
        double least = double.PositiveInfinity;
        int entry = segment.ExitPosition == segment.LastPosition ? segment.FirstPosition : segment.LastPosition;
        foreach (List<Segment> cluster in _open.Where(c => c[0].Direction == segment.Direction))
        {
            Segment last = Ordered(cluster)[^1];
            double lost = Math.Abs(entry - last.ExitPosition) * site.Layout!.StepM;
            bool onward = segment.Direction == TravelDirection.Increasing ? entry > last.ExitPosition : entry < last.ExitPosition;
            double expected = (last.SecondsAt(entry) + last.ExitSeconds
                + ((entry - last.ExitPosition) * segment.SecondsPerPosition)) / 2;
            double off = Math.Abs(segment.SecondsAt(entry) - expected);
            double gate = options.Track.GapSeconds + (0.2 * (expected - last.ExitSeconds));
            if (onward && lost <= options.Track.GapM && off <= gate && off < least)
            {
                (best, least) = (cluster, off);
            }
        }

        return best;
    }

    private bool IsComplete(List<Segment> cluster) => cluster.Exists(s => s.Direction == TravelDirection.Increasing
        ? s.LastPosition == site.Layout!.Positions - 1
        : s.FirstPosition == 0);

    /// <summary>When an aperture within the gap should have seen the vehicle again, with time to spare.</summary>
    private double DueSeconds(List<Segment> cluster)
    {
        Segment last = Ordered(cluster)[^1];
        int length = last.LastPosition - last.FirstPosition + 1;
        double onward = Math.Max(length * options.Detect.ApertureStep, length + (options.Track.GapM / site.Layout!.StepM));
        return last.ExitSeconds + (1.2 * onward * Math.Abs(last.SecondsPerPosition)) + options.Track.GapSeconds + SlackSeconds;
    }

    private static List<Segment> Ordered(List<Segment> cluster) => cluster[0].Direction == TravelDirection.Increasing
        ? [.. cluster.OrderBy(s => s.Aperture).ThenBy(s => s.FirstSeconds)]
        : [.. cluster.OrderByDescending(s => s.Aperture).ThenBy(s => s.FirstSeconds)];
}
