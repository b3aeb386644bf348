namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>A simulated vehicle.</summary>
internal readonly record struct SumoVehicle
{
    public string Id { get; init; }

    /// <summary>Lane that its front is on.</summary>
    public string Lane { get; init; }

    /// <summary>Position of its front on the lane, m.</summary>
    public double PositionM { get; init; }

    public double SpeedMs { get; init; }

    public double LengthM { get; init; }
}
