using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Live;

/// <summary>Distance to what stands on the ground, by a pinhole camera. Its error has not been measured.</summary>
/// <remarks>From where the box meets the ground, where the camera's height is known and the box ends in the picture;
/// otherwise from the box's height and a usual height of the class.</remarks>
internal static class Distances
{
    // Ground that is seen flatter than this is too far to be placed by one pixel row.
    private const double FlattestDeg = 2;

    // m; a standing person with shoes, and common vehicles and animals.
    private static readonly Dictionary<string, double> Heights = new(StringComparer.Ordinal)
    {
        ["person"] = 1.7,
        ["bicycle"] = 1.1,
        ["motorcycle"] = 1.4,
        ["car"] = 1.5,
        ["bus"] = 3.1,
        ["truck"] = 3.2,
        ["train"] = 3.8,
        ["traffic light"] = 0.9,
        ["fire hydrant"] = 0.75,
        ["stop sign"] = 0.75,
        ["parking meter"] = 1.3,
        ["bench"] = 0.9,
        ["dog"] = 0.6,
        ["horse"] = 1.6,
        ["cow"] = 1.5,
        ["sheep"] = 0.9,
        ["chair"] = 0.9,
        ["potted plant"] = 0.8,
        ["umbrella"] = 0.8,
    };

    /// <summary>Whether a usual height of the class is known.</summary>
    public static bool IsKnown(string className) => Heights.ContainsKey(className);

    /// <summary>Distance along the ground or the line of sight, m.</summary>
    /// <param name="box">The box, pixels of the camera's own picture.</param>
    /// <param name="className">Its class, for which a height is known.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="width">Width of its picture, pixels.</param>
    /// <param name="height">Height of its picture.</param>
    public static double Of(ObjectDetection box, string className, DroneCamera camera, int width, int height)
    {
        double focal = width / 2.0 / Math.Tan(camera.FieldOfViewDeg * Math.PI / 360);
        if (camera.HeightM is { } above && box.Bottom < height - 2)
        {
            double down = (camera.PitchDeg * Math.PI / 180) + Math.Atan((box.Bottom - (height / 2.0)) / focal);
            if (down > FlattestDeg * Math.PI / 180)
            {
                return above / Math.Tan(down);
            }
        }

        return focal * Heights[className] / Math.Max(1, box.Bottom - box.Top);
    }
}
