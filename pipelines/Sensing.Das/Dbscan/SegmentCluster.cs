using Sensing.Das.Events;
using Sensing.Das.Hough;

namespace Sensing.Das.Dbscan;

/// <summary>Segments of one vehicle, in order of their apertures in the direction of travel.</summary>
/// <param name="Segments">One segment or more.</param>
/// <param name="Complete">The last segment ends where the section ends.</param>
public sealed record SegmentCluster(IReadOnlyList<Segment> Segments, bool Complete)
{
    public TravelDirection Direction => Segments[0].Direction;

    public Segment First => Segments[0];

    public Segment Last => Segments[^1];
}
