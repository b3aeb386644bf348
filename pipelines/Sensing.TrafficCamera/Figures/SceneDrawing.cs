using System.Globalization;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using SkiaSharp;

namespace Sensing.TrafficCamera.Figures;

/// <summary>Draws a set-up and its vehicles over a frame.</summary>
/// <param name="canvas">The picture; its coordinates are the camera's own pixels.</param>
/// <param name="road">The approach as the frame shows it.</param>
/// <param name="frame">The frame.</param>
internal sealed class SceneDrawing(FrameCanvas canvas, Carriageway road, Frame frame)
{
    private static readonly SKColor Edge = new(0xFF, 0xFF, 0xFF, 0xD0);
    private static readonly SKColor Grid = new(0xFF, 0xFF, 0xFF, 0x60);
    private static readonly SKColor Counting = new(0xE6, 0x9F, 0x00);
    private static readonly SKColor Stop = new(0xD5, 0x5E, 0x00);
    private static readonly SKColor Gate = new(0xCC, 0x79, 0xA7);

    private readonly double _scaleX = frame.CameraWidth / (double)frame.Width;
    private readonly double _scaleY = frame.CameraHeight / (double)frame.Height;

    /// <summary>Carriageway, lanes and lines.</summary>
    /// <param name="gridM">Lines across the road every so many metres; 0: none.</param>
    public void Setup(double gridM = 0)
    {
        ApproachOptions options = road.Options;
        for (double along = gridM; gridM > 0 && along < options.LengthM; along += gridM)
        {
            canvas.Line([At(0, along), At(options.WidthM, along)], Grid, 1);
            (double x, double y) = At(0, along);
            canvas.Text(x + 3, y - 2, string.Create(CultureInfo.InvariantCulture, $"{along:0} m"), Edge, 11);
        }

        for (int lane = 1; lane < options.Lanes; lane++)
        {
            canvas.Line([.. Along(lane * road.LaneWidthM)], Grid, 1.5);
        }

        canvas.Polygon([.. options.Polygon.Select(corner => (corner.X, corner.Y))], Edge, 2);
        Line(options.CountingLine, Counting, "counting line");
        if (options.StopLine is { } stop)
        {
            Line(stop, Stop, "stop line");
        }

        foreach (GateOptions gate in options.Gates)
        {
            Line(gate.Line, Gate, gate.Name);
        }
    }

    /// <summary>Boxes of vehicles with class, speed and id.</summary>
    public void Vehicles(IReadOnlyList<Vehicle> vehicles)
    {
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Confirmed && vehicle.Seen)
            {
                string label = string.Create(
                    CultureInfo.InvariantCulture, $"{Name(vehicle.Class)} {Math.Abs(vehicle.AlongMs) * 3.6:0} km/h");
                canvas.Box(
                    vehicle.Box.Left * _scaleX, vehicle.Box.Top * _scaleY, (vehicle.Box.Right - vehicle.Box.Left) * _scaleX,
                    (vehicle.Box.Bottom - vehicle.Box.Top) * _scaleY, VehicleColours.Of(vehicle.Class), label);
            }
        }
    }

    private void Line(LineOptions line, SKColor colour, string name)
    {
        canvas.Line([(line.From.X, line.From.Y), (line.To.X, line.To.Y)], colour, 3);
        canvas.Label(line.To.X, line.To.Y, name, colour, 11);
    }

    private IEnumerable<(double X, double Y)> Along(double across)
    {
        for (int i = 0; i <= 16; i++)
        {
            yield return At(across, road.Options.LengthM * i / 16);
        }
    }

    /// <summary>A point of the road in the camera's own pixels.</summary>
    private (double X, double Y) At(double across, double along)
    {
        (double x, double y) = road.ToImage.Map(across, along);
        return (x * _scaleX, y * _scaleY);
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
