using Sensing.Configuration;

namespace Sensing.TrafficCamera.Setup;

/// <summary>A point of the camera's own picture: pixels from its top left corner.</summary>
public sealed record PixelPoint
{
    public PixelPoint()
    {
    }

    public PixelPoint(double x, double y)
    {
        X = x;
        Y = y;
    }

    [Option("Pixels from the left edge of the camera's picture.", Required = true, Min = -16384, Max = 32768)]
    public double X { get; init; }

    [Option("Pixels from the top edge of the camera's picture.", Required = true, Min = -16384, Max = 32768)]
    public double Y { get; init; }
}
