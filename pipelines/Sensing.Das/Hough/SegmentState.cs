using Sensing.Das.Events;
using Sensing.Steps;

namespace Sensing.Das.Hough;

/// <summary>Segments in a saved state.</summary>
internal static class SegmentState
{
    private const int Most = 1_000_000;

    public static void Write(BinaryWriter state, IReadOnlyList<Segment> segments)
    {
        state.Write(segments.Count);
        foreach (Segment s in segments)
        {
            state.Write(s.Aperture);
            state.Write((int)s.Direction);
            state.Write(s.FirstPosition);
            state.Write(s.LastPosition);
            state.Write(s.FirstSeconds);
            state.Write(s.SecondsPerPosition);
            state.Write(s.Evidence);
            state.Write(s.Excess);
            state.WriteArray<RidgePoint>([.. s.Points]);
        }
    }

    public static List<Segment> Read(BinaryReader state)
    {
        int count = state.ReadInt32();
        if (count is < 0 or > Most)
        {
            throw new InvalidDataException($"The saved state claims {count} segments.");
        }

        var segments = new List<Segment>();
        for (int i = 0; i < count; i++)
        {
            segments.Add(new Segment
            {
                Aperture = state.ReadInt32(),
                Direction = (TravelDirection)state.ReadInt32(),
                FirstPosition = state.ReadInt32(),
                LastPosition = state.ReadInt32(),
                FirstSeconds = state.ReadDouble(),
                SecondsPerPosition = state.ReadDouble(),
                Evidence = state.ReadSingle(),
                Excess = state.ReadSingle(),
                Points = state.ReadArray<RidgePoint>(Most),
            });
        }

        return segments;
    }
}
