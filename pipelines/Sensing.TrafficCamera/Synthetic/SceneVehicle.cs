using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A vehicle under way. What changes is single precision: it is saved as it is.</summary>
internal sealed class SceneVehicle(VehicleShape shape, int lane, long number)
{
    public VehicleShape Shape => shape;

    public int Lane => lane;

    public long Number => number;

    /// <summary>One number a vehicle and scene.</summary>
    public long Id => (number * 16) + lane;

    /// <summary>Way of the front bumper along the lane, m.</summary>
    public float Way { get; set; }

    /// <summary>m/s.</summary>
    public float Speed { get; set; }

    /// <summary>m/s², over the last step.</summary>
    public float Acceleration { get; set; }

    /// <summary>Stands because of its own defect.</summary>
    public bool BrokenDown { get; set; }

    /// <summary>Drives against the lane's direction.</summary>
    public bool WrongWay { get; init; }

    public float Rear => Way - shape.Length;

    /// <summary>When its front reached the counting line, s; not a number before, and after a restart.</summary>
    public double OnLine { get; set; } = double.NaN;

    /// <summary>Its crossing of the counting line has been reported.</summary>
    public bool Crossed { get; set; }

    /// <summary>Place of its middle, and the direction it faces.</summary>
    public (Vector2 Place, Vector2 Direction) Pose(SceneRoad road)
    {
        (Vector2 place, Vector2 direction) = road.At(lane, shape.Movement, Way - (shape.Length / 2));
        place += new Vector2(-direction.Y, direction.X) * shape.Lateral;
        return (place, WrongWay ? -direction : direction);
    }
}
