using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A vehicle of a synthetic frame.</summary>
public sealed record TruthVehicle
{
    /// <summary>One number a vehicle and scene.</summary>
    public required long Id { get; init; }

    public required SceneVehicleClass Class { get; init; }

    /// <summary>1 is the lane at the kerb (of vehicles towards the camera: the left one in the picture).</summary>
    public required int Lane { get; init; }

    /// <summary>False: away from the camera, on the other carriageway, which is not measured.</summary>
    public required bool Approaching { get; init; }

    /// <summary>Drives against its lane's direction.</summary>
    public required bool WrongWay { get; init; }

    public required SceneMovement Movement { get; init; }

    public required SceneEmergency Emergency { get; init; }

    /// <summary>Way of the front bumper from the far end of the measured stretch to the stop line, m.</summary>
    public required double PositionM { get; init; }

    public required double SpeedKmh { get; init; }

    /// <summary>m/s² over the last frame.</summary>
    public required double AccelerationMs2 { get; init; }

    /// <summary>Length, width and height, m.</summary>
    public required Vector3 SizeM { get; init; }

    /// <summary>Corners of its footprint on the road, m: rear left, rear right, front right, front left.</summary>
    public required IReadOnlyList<Vector2> FootprintM { get; init; }

    /// <summary>Left edge of what is drawn of it, pixels, not cut at the picture's edge; as the next three.</summary>
    public required float Left { get; init; }

    public required float Top { get; init; }

    public required float Right { get; init; }

    public required float Bottom { get; init; }

    /// <summary>Pixel of the middle of its footprint: where it touches the road.</summary>
    public required Vector2 Contact { get; init; }

    /// <summary>Share of its pixels within the picture that nothing hides; 0: outside the picture or hidden.</summary>
    public required double Visible { get; init; }

    /// <summary>Its value in <see cref="SceneTruth.Objects"/>.</summary>
    public required short ObjectNumber { get; init; }
}
