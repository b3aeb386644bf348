namespace Sensing.TrafficCamera.LightBars;

/// <summary>The part of the picture where a tracked vehicle's roof is, in pixels of the frame.</summary>
/// <param name="Vehicle">Number of the tracked vehicle.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width, at least 1.</param>
/// <param name="Height">Height, at least 1.</param>
public readonly record struct RoofRegion(long Vehicle, int Left, int Top, int Width, int Height)
{
    // Light bars stand on the roof: the upper part of a box around the vehicle, and a little above it where silhouettes
    // end.
    private const double Above = 0.12;
    private const double Below = 0.42;

    /// <summary>The roof region of a vehicle's box.</summary>
    public static RoofRegion OfBox(long vehicle, double left, double top, double width, double height)
    {
        int x = (int)Math.Floor(left), y = (int)Math.Floor(top - (Above * height));
        return new RoofRegion(
            vehicle, x, y, Math.Max((int)Math.Ceiling(left + width) - x, 1), Math.Max((int)Math.Ceiling(top + (Below * height)) - y, 1));
    }
}
