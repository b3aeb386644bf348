using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Sight.Degradations;

/// <summary>How far away the road is that a row of the picture shows: k / (row − horizon), as under a pinhole camera over
/// a plane.</summary>
/// <param name="HorizonRow">Row of the horizon, pixels from the top; may lie outside the picture.</param>
/// <param name="MetreRows">k: distance times rows below the horizon.</param>
public sealed record RowDepth(double HorizonRow, double MetreRows)
{
    /// <summary>Nothing is seen further away than this, m: also what rows above the horizon show.</summary>
    public const double FarthestM = 400;

    private const double FromAbove = 0.95, OrdinaryDegrees = 60, FlatRows = 1e7;

    /// <summary>A camera 8 m high whose horizon is at the upper edge and whose lowest row shows the road 14 m away.</summary>
    public static RowDepth AlongRoad(int height) => new(0, 14.0 * height);

    /// <summary>From a measured stretch of road: the rows and widths of its near and far end in the picture, and its length.</summary>
    /// <exception cref="ArgumentException">The far end is not narrower and higher than the near end.</exception>
    public static RowDepth FromRoad(double nearRow, double nearWidth, double farRow, double farWidth, double lengthM)
    {
        if (!(farWidth < nearWidth && farWidth > 0 && farRow < nearRow && lengthM > 0))
        {
            throw new ArgumentException("The far end of a road must be narrower and higher in the picture than its near end.");
        }

        // Widths shrink with distance: far / near = nearWidth / farWidth, and far − near = length.
        double near = lengthM / ((nearWidth / farWidth) - 1), far = near + lengthM;
        double horizon = ((farRow * far) - (nearRow * near)) / (far - near);
        return new RowDepth(horizon, (nearRow - horizon) * near);
    }

    /// <summary>Of the carriageway that fits its camera best. One that is as wide at its far end as at its near one is seen from above, through a
    /// lens of ordinary width: everything is equally far away then.</summary>
    /// <param name="roads">All carriageways that the camera sees.</param>
    public static RowDepth Of(IReadOnlyList<Carriageway> roads)
    {
        Carriageway road = roads.MinBy(r => r.Pose.Misfit) ?? throw new ArgumentException("There must be a carriageway.", nameof(roads));
        (double X, double Y)[] p = road.Polygon;
        double near = Distance(p[0], p[1]), far = Distance(p[2], p[3]);
        double nearRow = (p[0].Y + p[1].Y) / 2, farRow = (p[2].Y + p[3].Y) / 2;
        if (far < FromAbove * near && farRow < nearRow)
        {
            return FromRoad(nearRow, near, farRow, far, road.Options.LengthM);
        }

        double distance = road.Width / 2.0 / Math.Tan(OrdinaryDegrees / 2 * Math.PI / 180) * road.Options.WidthM / near;
        return new RowDepth(-FlatRows, distance * FlatRows);
    }

    /// <summary>Distance that a row shows, m.</summary>
    public double At(double row)
    {
        double below = row - HorizonRow;
        return below <= MetreRows / FarthestM ? FarthestM : MetreRows / below;
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
