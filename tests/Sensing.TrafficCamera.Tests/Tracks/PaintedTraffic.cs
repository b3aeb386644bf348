using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Tests.Tracks;

/// <summary>Boxes painted into a mask with the pinhole camera of <see cref="Views"/>, which is not the code under test.</summary>
internal static class PaintedTraffic
{
    public static readonly VehicleSize Car = new(1.8, 4.5, 1.5);

    public static ForegroundMask Mask(params (double Across, double Along, VehicleSize Size)[] vehicles)
    {
        var mask = new ForegroundMask(Views.Width, Views.Height);
        foreach ((double across, double along, VehicleSize size) in vehicles)
        {
            Paint(mask, across, along, size);
        }

        return mask;
    }

    /// <summary>A point of the picture is in the silhouette if it is on the inner side of every edge of the hull of the corners.</summary>
    private static void Paint(ForegroundMask mask, double across, double along, VehicleSize size)
    {
        (double X, double Y)[] corners = [.. from up in new[] { 0, size.HeightM }
                                             from y in new[] { along, along + size.LengthM }
                                             from x in new[] { across - (size.WidthM / 2), across + (size.WidthM / 2) }
                                             select Views.Project(x, y, up)];
        int top = Math.Max(0, (int)corners.Min(c => c.Y)), bottom = Math.Min(mask.Height - 1, (int)corners.Max(c => c.Y));
        int left = Math.Max(0, (int)corners.Min(c => c.X)), right = Math.Min(mask.Width - 1, (int)corners.Max(c => c.X));
        (int A, int B)[] edges = [.. Enumerable.Range(0, 8).SelectMany(a => Enumerable.Range(0, 8).Where(b => b != a
            && corners.All(c => Side(corners[a], corners[b], c) >= -1e-9)).Select(b => (a, b)))];
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (edges.All(e => Side(corners[e.A], corners[e.B], (x + 0.5, y + 0.5)) >= 0))
                {
                    mask.Row(y)[x] = PixelClass.Vehicle;
                }
            }
        }
    }

    private static double Side((double X, double Y) a, (double X, double Y) b, (double X, double Y) p) =>
        ((b.X - a.X) * (p.Y - a.Y)) - ((b.Y - a.Y) * (p.X - a.X));
}
