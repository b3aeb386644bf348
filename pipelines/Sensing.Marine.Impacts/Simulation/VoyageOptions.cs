namespace Sensing.Marine.Impacts.Simulation;

/// <summary>A simulated voyage. Hull, sea, speed and engine are drawn from the seed.</summary>
public sealed record VoyageOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Samples a second.</summary>
    public double Rate { get; init; } = 100;

    public double Seconds { get; init; } = 60;

    /// <summary>Mean time between two events that are brought about, s; 0: none but what sea and engine do by themselves.</summary>
    public double EventEverySeconds { get; init; } = 6;

    /// <summary>Impacts are among these events. Without them the voyage has slams and the engine's jolts alone.</summary>
    public bool Impacts { get; init; } = true;

    /// <summary>Times the sensor's noise.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>How far the sensor is turned out of the vessel's axes, °, about an axis drawn from the seed.</summary>
    public double TurnedDeg { get; init; }

    /// <summary>Significant wave height, m; null: drawn, 0.1 to 2.5.</summary>
    public double? WaveHeightM { get; init; }
}
