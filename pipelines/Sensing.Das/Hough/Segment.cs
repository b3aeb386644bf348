using Sensing.Das.Events;

namespace Sensing.Das.Hough;

/// <summary>A straight piece of a vehicle's line, over one aperture.</summary>
public sealed record Segment
{
    /// <summary>Number of the aperture.</summary>
    public required int Aperture { get; init; }

    public required TravelDirection Direction { get; init; }

    /// <summary>First and last position of the aperture.</summary>
    public required int FirstPosition { get; init; }

    public required int LastPosition { get; init; }

    /// <summary>Time at <see cref="FirstPosition"/>, s since the last break.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Time from one position to the next, s; negative where vehicles pass towards smaller distance.</summary>
    public required double SecondsPerPosition { get; init; }

    /// <summary>Quantile of the evidence along the line.</summary>
    public required float Evidence { get; init; }

    /// <summary>What is left of the evidence above the shoulders of stronger lines.</summary>
    public required float Excess { get; init; }

    public required IReadOnlyList<RidgePoint> Points { get; init; }

    public double SecondsAt(double position) => FirstSeconds + ((position - FirstPosition) * SecondsPerPosition);

    /// <summary>Last position in the direction of travel.</summary>
    public int ExitPosition => Direction == TravelDirection.Increasing ? LastPosition : FirstPosition;

    public double ExitSeconds => SecondsAt(ExitPosition);
}
