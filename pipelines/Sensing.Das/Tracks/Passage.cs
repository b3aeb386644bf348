using Sensing.Das.Events;

namespace Sensing.Das.Tracks;

/// <summary>A vehicle's track, fitted.</summary>
public sealed record Passage
{
    /// <summary>Time zero of the seconds below.</summary>
    public required DateTimeOffset Origin { get; init; }

    public required TravelDirection Direction { get; init; }

    /// <summary>Where <see cref="ReferenceSeconds"/> is taken, m.</summary>
    public required double ReferenceM { get; init; }

    /// <summary>When the vehicle is alongside the reference, s.</summary>
    public required double ReferenceSeconds { get; init; }

    /// <summary>Whether <see cref="ReferenceM"/> is the configured one: the track reaches it.</summary>
    public required bool AtReference { get; init; }

    /// <summary>Mean speed over the track, m/s, above 0, and its standard error.</summary>
    public required double SpeedMs { get; init; }

    public required double SpeedErrorMs { get; init; }

    /// <summary>Change of speed, m/s²; null where the data show none.</summary>
    public required double? AccelerationMs2 { get; init; }

    /// <summary>The ends of the track, first in time first: distance, m, and time, s.</summary>
    public required double StartM { get; init; }

    public required double StartSeconds { get; init; }

    public required double EndM { get; init; }

    public required double EndSeconds { get; init; }

    /// <summary>Strongest excess of evidence among the segments, in deviations.</summary>
    public required double Evidence { get; init; }

    /// <summary>Median strain-rate amplitude along the track, 1/s.</summary>
    public required double Amplitude { get; init; }

    /// <summary>Median power of the vibration band along the track, (1/s)².</summary>
    public required double Vibration { get; init; }

    /// <summary>Time the vehicle is alongside one place, s: its signature's width over its speed.</summary>
    public required double AlongsideSeconds { get; init; }

    /// <summary>Points of the fitted line: seconds and distance, m, in order of time.</summary>
    public required IReadOnlyList<(double Seconds, double DistanceM)> Line { get; init; }

    /// <summary>A time of this passage as sensor time.</summary>
    public DateTimeOffset TimeOf(double seconds) => Origin.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
