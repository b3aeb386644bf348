using Sensing.Das.Hough;

namespace Sensing.Das.Dbscan;

/// <summary>How far two segments are apart: the mean time difference over the positions that both cover.</summary>
/// <remarks>Truong et al., arXiv 2410.16278, sec. 3.4. Segments of opposite directions, or without a shared position, are
/// infinitely far apart.</remarks>
public static class SegmentDistance
{
    public static double Seconds(Segment a, Segment b)
    {
        int first = Math.Max(a.FirstPosition, b.FirstPosition), last = Math.Min(a.LastPosition, b.LastPosition);
        if (a.Direction != b.Direction || last < first)
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        for (int p = first; p <= last; p++)
        {
            sum += Math.Abs(a.SecondsAt(p) - b.SecondsAt(p));
        }

        return sum / (last - first + 1);
    }
}
