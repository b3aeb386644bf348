using System.Globalization;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;
using SkiaSharp;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Draws set-ups and vehicles over a frame.</summary>
internal static class SceneDrawing
{
    private static readonly SKColor Edge = new(0xFF, 0xFF, 0xFF, 0xD0);
    private static readonly SKColor Grid = new(0xFF, 0xFF, 0xFF, 0x60);
    private static readonly SKColor Counting = new(0xE6, 0x9F, 0x00);
    private static readonly SKColor Stop = new(0xD5, 0x5E, 0x00);
    private static readonly SKColor Gate = new(0xCC, 0x79, 0xA7);

    /// <summary>Carriageway, lanes and lines.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="road">The approach, in the camera's own pixels.</param>
    /// <param name="gridM">Lines across the road every so many metres; 0: none.</param>
    public static void Setup(FrameCanvas canvas, Carriageway road, double gridM = 0)
    {
        ApproachOptions options = road.Options;
        for (double along = gridM; gridM > 0 && along < options.LengthM; along += gridM)
        {
            canvas.Line(Across(road, along), Grid, 1);
            (double x, double y) = road.ToImage.Map(0, along);
            canvas.Text(x + 3, y - 2, string.Create(CultureInfo.InvariantCulture, $"{along:0} m"), Edge, 11);
        }

        for (int lane = 1; lane < options.Lanes; lane++)
        {
            canvas.Line([.. Along(road, lane * road.LaneWidthM)], Grid, 1.5);
        }

        canvas.Polygon([.. options.Polygon.Select(corner => (corner.X, corner.Y))], Edge, 2);
        Line(canvas, options.CountingLine, Counting, "counting line");
        if (options.StopLine is { } stop)
        {
            Line(canvas, stop, Stop, "stop line");
        }

        foreach (GateOptions gate in options.Gates)
        {
            Line(canvas, gate.Line, Gate, gate.Name);
        }
    }

    /// <summary>Boxes of vehicles with class, speed and id.</summary>
    public static void Vehicles(FrameCanvas canvas, TrackedFrame tracked)
    {
        double sx = tracked.Seen.Frame.CameraWidth / (double)tracked.Seen.Frame.Width;
        double sy = tracked.Seen.Frame.CameraHeight / (double)tracked.Seen.Frame.Height;
        foreach (Vehicle vehicle in tracked.Vehicles)
        {
            if (vehicle.Confirmed && vehicle.Seen)
            {
                string label = string.Create(
                    CultureInfo.InvariantCulture, $"{Name(vehicle.Class)} {Math.Abs(vehicle.AlongMs) * 3.6:0} km/h");
                canvas.Box(
                    vehicle.Box.Left * sx, vehicle.Box.Top * sy, (vehicle.Box.Right - vehicle.Box.Left) * sx,
                    (vehicle.Box.Bottom - vehicle.Box.Top) * sy, VehicleColours.Of(vehicle.Class), label);
            }
        }
    }

    private static void Line(FrameCanvas canvas, LineOptions line, SKColor colour, string name)
    {
        canvas.Line([(line.From.X, line.From.Y), (line.To.X, line.To.Y)], colour, 3);
        canvas.Label(line.To.X, line.To.Y, name, colour, 11);
    }

    private static (double X, double Y)[] Across(Carriageway road, double along) =>
        [road.ToImage.Map(0, along), road.ToImage.Map(road.Options.WidthM, along)];

    private static IEnumerable<(double X, double Y)> Along(Carriageway road, double across)
    {
        for (int i = 0; i <= 16; i++)
        {
            yield return road.ToImage.Map(across, road.Options.LengthM * i / 16);
        }
    }

    private static string Name(VehicleClass vehicle) => vehicle switch
    {
        VehicleClass.TwoWheeler => "two-wheeler",
        VehicleClass.Car => "car",
        VehicleClass.Van => "van",
        VehicleClass.Truck => "truck",
        _ => "bus",
    };
}
