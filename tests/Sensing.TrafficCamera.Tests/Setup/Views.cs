using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tests.Setup;

/// <summary>A pinhole camera over a straight road, made without the code under test, and the set-up that it would be given.</summary>
internal static class Views
{
    public const int Width = 640, Height = 360;

    private const double Focal = 700, CameraHeight = 8, Tilt = 0.24, CameraAcross = 5, CameraAlong = -14;

    public static ApproachOptions Road(
        double width = 7, double length = 60, int lanes = 2, TrafficDirection direction = TrafficDirection.Toward, double line = 15) => new()
        {
            Name = "north",
            WidthM = width,
            LengthM = length,
            Lanes = lanes,
            Direction = direction,
            Polygon = [Pixel(0, 0), Pixel(width, 0), Pixel(width, length), Pixel(0, length)],
            CountingLine = new LineOptions(Pixel(0, line), Pixel(width, line)),
        };

    public static Carriageway Carriageway(ApproachOptions options) => new(options, Width, Height, Width, Height);

    public static PixelPoint Pixel(double across, double along, double up = 0)
    {
        (double x, double y) = Project(across, along, up);
        return new PixelPoint(x, y);
    }

    /// <summary>Pinhole: right, down and forward in the camera's own frame, which looks along the road and down by the tilt.</summary>
    public static (double X, double Y) Project(double across, double along, double up)
    {
        double right = across - CameraAcross, forward = along - CameraAlong, down = CameraHeight - up;
        double depth = (forward * Math.Cos(Tilt)) + (down * Math.Sin(Tilt));
        double below = (down * Math.Cos(Tilt)) - (forward * Math.Sin(Tilt));
        return ((Width / 2.0) + (Focal * right / depth), (Height / 2.0) + (Focal * below / depth));
    }
}
