namespace Sensing.TrafficCamera.Signals;

/// <summary>What a camera sees on one lane. What it does not measure is absent; what is no plausible number counts as absent.</summary>
public sealed record LaneReading
{
    /// <summary>Number of the lane, from 1 at the left edge.</summary>
    public required int Lane { get; init; }

    /// <summary>Vehicles within the visible length, standing or not.</summary>
    public double? Count { get; init; }

    /// <summary>Standing vehicles.</summary>
    public double? Queue { get; init; }

    /// <summary>Length of the queue from the stop line, m.</summary>
    public double? QueueM { get; init; }

    /// <summary>Occupied share of the visible lane, 0 to 1.</summary>
    public double? Index { get; init; }

    /// <summary>Vehicles per km.</summary>
    public double? DensityPerKm { get; init; }

    public double? MeanSpeedKmh { get; init; }

    /// <summary>Vehicles that have crossed the stop line since the last reading.</summary>
    public double? Passed { get; init; }

    /// <summary>Vehicles of this lane that stand just beyond the stop line and have yet to clear the junction.</summary>
    public double? Clearing { get; init; }
}
