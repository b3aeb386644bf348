using System.Numerics;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What a user would configure for a synthetic approach, in pixels of its picture.</summary>
/// <param name="Polygon">Visible carriageway: near left, near right, far right, far left. The near edge is the stop line.</param>
/// <param name="WidthM">Its width.</param>
/// <param name="LengthM">Its length.</param>
/// <param name="Lanes">Lanes; lane 1 is the left one in the picture, at the kerb.</param>
/// <param name="CountingLine">Left and right end.</param>
/// <param name="CountingLineM">Its distance from the far end of the polygon, m.</param>
/// <param name="StopLine">Left and right end; null without a signal.</param>
public sealed record SceneSetup(
    IReadOnlyList<Vector2> Polygon,
    double WidthM,
    double LengthM,
    int Lanes,
    (Vector2 Left, Vector2 Right) CountingLine,
    double CountingLineM,
    (Vector2 Left, Vector2 Right)? StopLine)
{
    /// <summary>The set-up of a scene that need not be drawn.</summary>
    public static SceneSetup Of(SceneOptions options) => Of(options, new SceneRoad(options), SceneCamera.Of(options));

    internal static SceneSetup Of(SceneOptions options, SceneRoad road, SceneCamera camera)
    {
        float left = road.LeftKerb + 0.5f, right = left + (road.Lanes * road.LaneWidth);
        Vector2 At(float x, float y) => camera.Project(new Vector3(x, y, 0));
        return new SceneSetup(
            [At(left, road.StopY), At(right, road.StopY), At(right, road.FarY), At(left, road.FarY)],
            right - left,
            road.Length,
            road.Lanes,
            (At(left, road.LineY), At(right, road.LineY)),
            road.FarY - road.LineY,
            options.Signal ? (At(left, road.StopY), At(right, road.StopY)) : null);
    }
}
