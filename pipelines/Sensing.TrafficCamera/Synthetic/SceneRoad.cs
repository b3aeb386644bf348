using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Where lanes, lines and kerbs of a scene lie. The median is at x = 0; vehicles towards the camera drive at
/// x &lt; 0, those away from it at x &gt; 0 (right-hand traffic).</summary>
internal sealed class SceneRoad
{
    /// <summary>Vehicles enter so far upstream of the measured stretch, m.</summary>
    private const float ApproachM = 120;

    /// <summary>Vehicles are drawn until so far behind the camera, m.</summary>
    private const float ExitM = 25;

    public SceneRoad(SceneOptions options)
    {
        Lanes = options.Lanes;
        OpposingLanes = options.OpposingLanes;
        LaneWidth = (float)options.LaneWidthM;
        StopY = (float)options.StopLineM;
        FarY = (float)(options.StopLineM + options.LengthM);
        EntryY = FarY + ApproachM;
        LineY = StopY + Math.Min(12, (float)options.LengthM / 3);
        Length = (float)options.LengthM;
        LeftKerb = -(Lanes * LaneWidth) - 0.5f;
        RightKerb = (Math.Max(OpposingLanes, 1) * LaneWidth) + 0.5f;
        Straight = EntryY + ExitM;
    }

    public int Lanes { get; }

    public int OpposingLanes { get; }

    public int AllLanes => Lanes + OpposingLanes;

    public float LaneWidth { get; }

    public float StopY { get; }

    /// <summary>Far end of the measured stretch.</summary>
    public float FarY { get; }

    /// <summary>Where vehicles towards the camera begin and the others end.</summary>
    public float EntryY { get; }

    /// <summary>The counting line.</summary>
    public float LineY { get; }

    public float Length { get; }

    public float LeftKerb { get; }

    public float RightKerb { get; }

    /// <summary>Length of a straight way through the scene.</summary>
    public float Straight { get; }

    /// <summary>Way of the stop line on every lane towards the camera.</summary>
    public float StopS => EntryY - StopY;

    public bool IsOpposing(int lane) => lane >= Lanes;

    /// <summary>Middle of a lane; lane 0 is at the kerb.</summary>
    public float CentreX(int lane) => IsOpposing(lane)
        ? (RightKerb - 0.5f) - ((lane - Lanes + 0.5f) * LaneWidth)
        : (LeftKerb + 0.5f) + ((lane + 0.5f) * LaneWidth);

    /// <summary>Way until the vehicle is gone.</summary>
    public float WayOf(int lane, SceneMovement movement) => movement switch
    {
        _ when IsOpposing(lane) => EntryY,
        SceneMovement.Straight => Straight,
        SceneMovement.Right => StopS + 1 + (RightRadius * MathF.PI / 2) + 28,
        _ => StopS + 1 + (LeftRadius * MathF.PI / 2) + 28,
    };

    public float RightRadius { get; } = 6.5f;

    public float LeftRadius => Math.Min(12, StopY - 4);

    /// <summary>Place and direction of travel at a way along the lane.</summary>
    public (Vector2 Place, Vector2 Direction) At(int lane, SceneMovement movement, float way)
    {
        float x = CentreX(lane);
        if (IsOpposing(lane))
        {
            return (new Vector2(x, way), Vector2.UnitY);
        }

        float turn = way - StopS - 1;
        if (movement == SceneMovement.Straight || turn <= 0)
        {
            return (new Vector2(x, EntryY - way), -Vector2.UnitY);
        }

        // The driver's right is the picture's left.
        float side = movement == SceneMovement.Right ? -1 : 1;
        float radius = movement == SceneMovement.Right ? RightRadius : LeftRadius;
        float angle = Math.Min(turn / radius, MathF.PI / 2);
        float beyond = turn - (angle * radius);
        (float sin, float cos) = MathF.SinCos(angle);
        var direction = new Vector2(side * sin, -cos);
        var place = new Vector2(x + (side * radius * (1 - cos)), StopY - 1 - (radius * sin));
        return (place + (direction * beyond), direction);
    }
}
