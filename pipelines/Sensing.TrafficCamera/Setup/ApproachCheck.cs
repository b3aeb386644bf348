using System.Globalization;
using Sensing.Configuration;

namespace Sensing.TrafficCamera.Setup;

/// <summary>Whether a set-up can work, for validation and for <c>edge-node camera calibrate</c>.</summary>
public static class ApproachCheck
{
    /// <summary>Lanes of the world's design manuals are 2.5 m to 3.75 m wide; a lane without markings may be
    /// wider.</summary>
    private const double NarrowestLaneM = 2, WidestLaneM = 7;

    /// <summary>Widest deviation from a right angle, as a cosine, and from equal scales along and across, as a
    /// logarithm.</summary>
    private const double MostSkew = 0.35, MostStretch = 0.6;

    /// <summary>A car with fewer pixels across is not told from noise; one that fills the picture is not seen
    /// whole.</summary>
    private const double FewestCarPixels = 10, MostCarShare = 0.7;

    /// <summary>What must be seen before and beyond the counting line, m.</summary>
    private const double RoomM = 1.5;
    private const double CarWidthM = 1.8;

    /// <summary>Rules that hold for any picture: paths are relative to the options.</summary>
    public static IEnumerable<ConfigurationProblem> OfShape(ApproachOptions options)
    {
        if (options.Polygon.Length != 4)
        {
            yield break;
        }

        PixelPoint[] p = options.Polygon;
        if (Cross(p[0], p[1], p[2], p[3]) || Cross(p[1], p[2], p[3], p[0]))
        {
            yield return new ConfigurationProblem(
                "polygon", "crosses itself: give the corners in the order near left, near right, far right, far left");
            yield break;
        }

        double[] turns = [.. Enumerable.Range(0, 4).Select(i => Turn(p[i], p[(i + 1) % 4], p[(i + 2) % 4]))];
        if (!Array.TrueForAll(turns, t => t > 0) && !Array.TrueForAll(turns, t => t < 0))
        {
            yield return new ConfigurationProblem(
                "polygon", "is not convex: a straight road is seen as four corners that all turn the same way; shorten it where the road bends");
            yield break;
        }

        double lane = options.Lanes > 0 ? options.WidthM / options.Lanes : 0;
        if (lane is < NarrowestLaneM or > WidestLaneM)
        {
            yield return new ConfigurationProblem(
                "lanes", Text($"makes lanes {lane:0.0} m wide: {NarrowestLaneM} to {WidestLaneM} m are plausible; correct lanes or widthM"));
        }
    }

    /// <summary>All rules, for the camera's picture.</summary>
    /// <param name="options">The set-up.</param>
    /// <param name="cameraWidth">Width of the camera's picture, pixels.</param>
    /// <param name="cameraHeight">Height of the camera's picture, pixels.</param>
    /// <param name="workingWidth">Width of the frames that are worked on, pixels.</param>
    public static IReadOnlyList<ConfigurationProblem> Of(ApproachOptions options, int cameraWidth, int cameraHeight, int workingWidth = 640)
    {
        List<ConfigurationProblem> problems = [.. OfShape(options)];
        if (options.Polygon.Length != 4 || problems.Exists(problem => problem.Path == "polygon"))
        {
            return problems;
        }

        for (int i = 0; i < 4; i++)
        {
            PixelPoint corner = options.Polygon[i];
            if (corner.X < -0.5 * cameraWidth || corner.X > 1.5 * cameraWidth || corner.Y < -0.5 * cameraHeight || corner.Y > 1.5 * cameraHeight)
            {
                problems.Add(new ConfigurationProblem(
                    $"polygon[{i}]", Text($"({corner.X:0}, {corner.Y:0}) is far outside the camera's picture of {cameraWidth} × {cameraHeight} pixels")));
            }
        }

        Carriageway road;
        try
        {
            road = new Carriageway(options, cameraWidth, cameraHeight, cameraWidth, cameraHeight);
        }
        catch (ArgumentException error)
        {
            problems.Add(new ConfigurationProblem("polygon", $"has no homography: {error.Message}"));
            return problems;
        }

        problems.AddRange(OfLine(road, "countingLine", options.CountingLine));
        if (options.StopLine is { } stop)
        {
            problems.AddRange(OfStopLine(road, stop));
        }

        problems.AddRange(OfGrid(road, workingWidth / (double)cameraWidth));
        return problems;
    }

    private static IEnumerable<ConfigurationProblem> OfLine(Carriageway road, string path, LineOptions line)
    {
        foreach ((string end, PixelPoint point) in new[] { ("from", line.From), ("to", line.To) })
        {
            if (point.X < 0 || point.X > road.Width || point.Y < 0 || point.Y > road.Height)
            {
                yield return new ConfigurationProblem(
                    $"{path}.{end}", Text($"({point.X:0}, {point.Y:0}) is outside the camera's picture of {road.Width} × {road.Height} pixels"));
                yield break;
            }
        }

        double low = Math.Min(road.CountingLine.A.AcrossM, road.CountingLine.B.AcrossM);
        double high = Math.Max(road.CountingLine.A.AcrossM, road.CountingLine.B.AcrossM);
        double width = road.Options.WidthM;
        if (Math.Min(high, width) - Math.Max(low, 0) < 0.75 * width)
        {
            yield return new ConfigurationProblem(
                path, Text($"covers {Math.Max(0, Math.Min(high, width) - Math.Max(low, 0)):0.0} m of the carriageway's {width:0.0} m: draw it from edge to edge"));
            yield break;
        }

        double along = road.CountingLine.AlongAt(width / 2);
        if (along < 0 || along > road.Options.LengthM)
        {
            yield return new ConfigurationProblem(path, "is outside the polygon: draw it across the carriageway");
            yield break;
        }

        foreach (double room in new[] { -RoomM, RoomM })
        {
            (double x, double y) = road.ToImage.Map(width / 2, along + room);
            if (x < 0 || x > road.Width || y < 0 || y > road.Height)
            {
                yield return new ConfigurationProblem(
                    path, Text($"is at the image's edge: {RoomM} m of road must be seen before and beyond it; move it into the picture"));
                yield break;
            }
        }
    }

    private static IEnumerable<ConfigurationProblem> OfStopLine(Carriageway road, LineOptions line)
    {
        double along = road.StopLine!.Value.AlongAt(road.Options.WidthM / 2);
        if (along < -0.2 * road.Options.LengthM || along > 1.2 * road.Options.LengthM)
        {
            yield return new ConfigurationProblem(
                "stopLine", Text($"from ({line.From.X:0}, {line.From.Y:0}) is not on the carriageway: draw it across the polygon"));
        }
    }

    private static IEnumerable<ConfigurationProblem> OfGrid(Carriageway road, double scale)
    {
        CameraPose pose = road.Pose;
        if (Math.Abs(pose.Skew) > MostSkew)
        {
            yield return new ConfigurationProblem(
                "polygon", "has a grid that no camera sees: its sides do not meet at right angles on the road; check the order (near left, near right, far right, far left) and the corners");
        }
        else if (Math.Abs(pose.Stretch) > MostStretch)
        {
            double fits = road.Options.LengthM * Math.Exp(-pose.Stretch);
            yield return new ConfigurationProblem(
                "lengthM", Text($"does not fit widthM and the picture: with {road.Options.WidthM:0.0} m of width the polygon is about {fits:0} m long"));
        }

        double along = road.CountingLine.AlongAt(road.Options.WidthM / 2);
        if (along >= 0 && along <= road.Options.LengthM)
        {
            (double ax, double ay) = road.ToImage.Map((road.Options.WidthM - CarWidthM) / 2, along);
            (double bx, double by) = road.ToImage.Map((road.Options.WidthM + CarWidthM) / 2, along);
            double pixels = Math.Sqrt(((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)));
            if (pixels * scale < FewestCarPixels)
            {
                yield return new ConfigurationProblem(
                    "countingLine", Text($"is too far away: a car is {pixels * scale:0} pixels wide there at the working size, {FewestCarPixels} are needed; move it nearer"));
            }
            else if (pixels > MostCarShare * road.Width)
            {
                yield return new ConfigurationProblem(
                    "widthM", Text($"is implausible for cars: one would be {pixels:0} of {road.Width} pixels wide at the counting line"));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Turn(PixelPoint a, PixelPoint b, PixelPoint c) => ((b.X - a.X) * (c.Y - b.Y)) - ((b.Y - a.Y) * (c.X - b.X));

    private static bool Cross(PixelPoint a, PixelPoint b, PixelPoint c, PixelPoint d) =>
        Turn(a, b, c) * Turn(a, b, d) < 0 && Turn(c, d, a) * Turn(c, d, b) < 0;
}
