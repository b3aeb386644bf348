using System.Numerics;
using System.Text.Json.Nodes;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>The options of the traffic pipeline for a synthetic scene: what a person would set up for it.</summary>
internal static class SyntheticSetup
{
    /// <param name="approach">Name of the approach.</param>
    /// <param name="options">The scene.</param>
    public static JsonObject Of(string approach, SceneOptions options)
    {
        SceneSetup setup = SceneSetup.Of(options);
        var setUp = new JsonObject
        {
            ["name"] = approach,
            ["polygon"] = new JsonArray([.. setup.Polygon.Select(Point)]),
            ["widthM"] = Math.Round(setup.WidthM, 2),
            ["lengthM"] = Math.Round(setup.LengthM, 2),
            ["lanes"] = setup.Lanes,
            ["countingLine"] = Line(setup.CountingLine),
            ["speedLimitKmh"] = options.SpeedKmh,
        };
        if (setup.StopLine is { } stop)
        {
            setUp["stopLine"] = Line(stop);
        }

        return new JsonObject
        {
            ["approaches"] = new JsonArray(setUp),
            ["snapshots"] = new JsonObject { ["everySeconds"] = 5 },
        };
    }

    private static JsonObject Line((Vector2 Left, Vector2 Right) line) => new() { ["from"] = Point(line.Left), ["to"] = Point(line.Right) };

    private static JsonObject Point(Vector2 point) => new()
    {
        ["x"] = Math.Round(point.X, 1),
        ["y"] = Math.Round(point.Y, 1),
    };
}
