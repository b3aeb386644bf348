using Sensing.Configuration;

namespace Sensing.Drones.Live;

/// <summary>A drone's camera, from which distances follow.</summary>
public sealed record DroneCamera
{
    public static DroneCamera Default { get; } = new();

    [Option("Horizontal field of view, °.", Min = 10, Max = 170)]
    public double FieldOfViewDeg { get; init; } = 70;

    [Option("Height above the ground, m. With it, the distance of what stands on the ground follows from where its box ends (default: from the box's height alone).",
        Above = 0, Max = 500, Example = "2.5")]
    public double? HeightM { get; init; }

    [Option("Pitch below the horizon, °.", Min = -90, Max = 90)]
    public double PitchDeg { get; init; }
}
