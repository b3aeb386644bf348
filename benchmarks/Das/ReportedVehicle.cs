using Sensing.Das.Events;

namespace Sensing.Benchmarks.Das;

/// <summary>A vehicle event in seconds since a recording's start.</summary>
/// <param name="Seconds">Time at the reference.</param>
/// <param name="Passage">The payload.</param>
/// <param name="LeftSeconds">How much of the recording had been read when the event came, s.</param>
public sealed record ReportedVehicle(double Seconds, VehiclePassage Passage, double LeftSeconds)
{
    /// <summary>How far beyond its ends a track is carried on to compare it, m.</summary>
    private const double CarryM = 30;

    public double SpeedMs => Passage.SpeedKmh / 3.6;

    /// <summary>Time at a position, along the track; null where the track does not come near it.</summary>
    public double? SecondsAt(double positionM)
    {
        TrackPoint[] points = [.. Passage.Track.OrderBy(p => p.DistanceM)];
        if (positionM < points[0].DistanceM - CarryM || positionM > points[^1].DistanceM + CarryM)
        {
            return null;
        }

        int i = 1;
        while (i < points.Length - 1 && points[i].DistanceM < positionM)
        {
            i++;
        }

        double share = (positionM - points[i - 1].DistanceM) / (points[i].DistanceM - points[i - 1].DistanceM);
        return Seconds + points[i - 1].OffsetSeconds + (share * (points[i].OffsetSeconds - points[i - 1].OffsetSeconds));
    }
}
