using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>What arrives at a junction: the state of one approach.</summary>
public sealed record ApproachReading : ITimed
{
    /// <inheritdoc/>
    public required DateTimeOffset Time { get; init; }

    /// <inheritdoc/>
    public TimeSpan Duration => TimeSpan.Zero;

    /// <summary>Name of the approach in the junction's options.</summary>
    public required string Approach { get; init; }

    /// <summary>How far the reading can be trusted, 0 to 1.</summary>
    public double Quality { get; init; } = 1;

    public IReadOnlyList<LaneReading> Lanes { get; init; } = [];

    /// <summary>Emergency vehicles that are on the approach now.</summary>
    public IReadOnlyList<EmergencyCall> Emergencies { get; init; } = [];
}
