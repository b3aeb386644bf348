using Sensing.TrafficCamera.Setup;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.TrafficCamera.Detector;

/// <summary>The part of the picture that shows vehicles on the carriageways: what is outside costs the model resolution.</summary>
internal static class DetectorRegion
{
    /// <summary>Legal height of trucks in Europe (Directive 96/53/EC).</summary>
    private const double HighestM = 4;

    /// <summary>Models see an object better with some of its surroundings; also covers a swaying camera.</summary>
    private const double Margin = 0.05;

    public static PictureRegion Of(IEnumerable<ApproachOptions> approaches, PictureSize size)
    {
        double left = size.Width, top = size.Height, right = 0, bottom = 0;
        foreach (ApproachOptions approach in approaches)
        {
            var road = new Carriageway(approach, size.CameraWidth, size.CameraHeight, size.Width, size.Height);
            foreach (double across in (ReadOnlySpan<double>)[0, approach.WidthM])
            {
                foreach (double along in (ReadOnlySpan<double>)[0, approach.LengthM])
                {
                    Include(road.ToImage.Map(across, along));
                    Include(road.Pose.Project(across, along, HighestM));
                }
            }
        }

        double marginX = Margin * size.Width, marginY = Margin * size.Height;
        int x = (int)Math.Floor(Math.Max(0, left - marginX)), y = (int)Math.Floor(Math.Max(0, top - marginY));
        int width = (int)Math.Ceiling(Math.Min(size.Width, right + marginX)) - x, height = (int)Math.Ceiling(Math.Min(size.Height, bottom + marginY)) - y;
        return width < 32 || height < 32 ? new PictureRegion(0, 0, size.Width, size.Height) : new PictureRegion(x, y, width, height);

        void Include((double X, double Y) point)
        {
            (double px, double py) = (Math.Clamp(point.X, 0, size.Width), Math.Clamp(point.Y, 0, size.Height));
            (left, right) = (Math.Min(left, px), Math.Max(right, px));
            (top, bottom) = (Math.Min(top, py), Math.Max(bottom, py));
        }
    }
}
