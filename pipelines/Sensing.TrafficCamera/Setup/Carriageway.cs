namespace Sensing.TrafficCamera.Setup;

/// <summary>An approach as frames of a working size show it: the map between pixels and road, lanes and
/// lines.</summary>
/// <remarks>Road coordinates are metres: across from the left edge (0…width), along from the near end
/// (0…length).</remarks>
public sealed class Carriageway
{
    /// <summary>A vehicle's direction is known when it has moved so far, m: contact points creep by less.</summary>
    private const double LeastMovedM = 1.5;

    /// <param name="options">The set-up, in the camera's pixels.</param>
    /// <param name="cameraWidth">Width of the camera's picture.</param>
    /// <param name="cameraHeight">Height of the camera's picture.</param>
    /// <param name="width">Width of the frames that are worked on.</param>
    /// <param name="height">Height of the frames that are worked on.</param>
    /// <exception cref="ArgumentException">The polygon has no homography: <see cref="ApproachCheck"/> says
    /// why.</exception>
    public Carriageway(ApproachOptions options, int cameraWidth, int cameraHeight, int width, int height)
        : this(options, width / (double)cameraWidth, height / (double)cameraHeight, width, height, null)
    {
    }

    private Carriageway(ApproachOptions options, double sx, double sy, int width, int height, Homography? toImage)
    {
        Options = options;
        Width = width;
        Height = height;
        Polygon = [.. options.Polygon.Select(p => (p.X * sx, p.Y * sy))];
        ToImage = toImage ?? Homography.FromPairs(
            [(0, 0), (options.WidthM, 0), (options.WidthM, options.LengthM), (0, options.LengthM)], Polygon);
        ToRoad = ToImage.Inverse();
        Pose = CameraPose.Of(ToImage, width, height, new RoadPoint(options.WidthM / 2, options.LengthM / 2));
        CountingLine = Line(options.CountingLine, sx, sy);
        StopLine = options.StopLine is { } stop ? Line(stop, sx, sy) : null;
        Gates = [.. options.Gates.Select(gate => Line(gate.Line, sx, sy))];
        LaneWidthM = options.WidthM / options.Lanes;
    }

    /// <summary>All carriageways that one camera sees.</summary>
    /// <remarks>A camera has one pose. A carriageway whose corners were set up badly, so that no camera sees them as a
    /// rectangle, is placed on the plane of the one that fits best: along its left or right edge, whichever runs more
    /// nearly parallel to that one.</remarks>
    /// <exception cref="ArgumentException">A polygon has no homography: <see cref="ApproachCheck"/> says
    /// why.</exception>
    public static Carriageway[] All(
        IReadOnlyList<ApproachOptions> approaches, int cameraWidth, int cameraHeight, int width, int height)
    {
        Carriageway[] roads = [.. approaches.Select(a => new Carriageway(a, cameraWidth, cameraHeight, width, height))];
        Carriageway? best = roads.MinBy(road => road.Pose.Misfit);
        if (best is not null && best.Pose.Misfit < CameraPose.PlausibleMisfit)
        {
            for (int i = 0; i < roads.Length; i++)
            {
                if (roads[i].Pose.Misfit > CameraPose.PlausibleMisfit)
                {
                    roads[i] = new Carriageway(
                        approaches[i], width / (double)cameraWidth, height / (double)cameraHeight, width, height, roads[i].OnPlaneOf(best));
                }
            }
        }

        return roads;
    }

    public ApproachOptions Options { get; }

    /// <summary>Width of the frames, pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the frames, pixels.</summary>
    public int Height { get; }

    /// <summary>The four corners, pixels of the working size.</summary>
    public (double X, double Y)[] Polygon { get; }

    /// <summary>From road metres to pixels.</summary>
    public Homography ToImage { get; }

    /// <summary>From pixels to road metres.</summary>
    public Homography ToRoad { get; }

    public CameraPose Pose { get; }

    public RoadLine CountingLine { get; }

    public RoadLine? StopLine { get; }

    /// <summary>Lines of <see cref="ApproachOptions.Gates"/>, in their order.</summary>
    public RoadLine[] Gates { get; }

    public double LaneWidthM { get; }

    /// <summary>The road point that a pixel shows; null above the horizon.</summary>
    public RoadPoint? RoadAt(double x, double y)
    {
        // The carriageway itself is on the visible side: the sign of the weight there is the sign of every visible road
        // point.
        (double cx, double cy) = ToImage.Map(Options.WidthM / 2, 0.1 * Options.LengthM);
        if (ToRoad.Weight(x, y) * ToRoad.Weight(cx, cy) <= 0)
        {
            return null;
        }

        (double across, double along) = ToRoad.Map(x, y);
        return new RoadPoint(across, along);
    }

    /// <summary>The lane at a distance from the left edge, from 1; the outer lanes reach beyond the edges.</summary>
    public int LaneAt(double acrossM) => Math.Clamp((int)Math.Floor(acrossM / LaneWidthM) + 1, 1, Options.Lanes);

    /// <summary>The lane of a vehicle that moves: on a road of both directions the middle belongs to whoever is there,
    /// so a vehicle is in a lane of its own direction until it is nearer to the middle of the nearest oncoming lane
    /// than to the line between them.</summary>
    /// <param name="acrossM">Its distance from the left edge.</param>
    /// <param name="movedM">How far it has moved along the road: positive away from the near end.</param>
    public int LaneAt(double acrossM, double movedM)
    {
        int lane = LaneAt(acrossM), half = Options.Lanes / 2;
        if (Options.Direction != TrafficDirection.Both || Options.Lanes % 2 != 0 || Math.Abs(movedM) < LeastMovedM)
        {
            return lane;
        }

        // Those who drive away keep to their right, which is the road's right; those who come keep to its left.
        bool right = movedM > 0 == (Options.DrivesOn == RoadSide.Right);
        double beyond = right ? (half * LaneWidthM) - acrossM : acrossM - (half * LaneWidthM);
        return beyond < 0 || beyond > LaneWidthM / 4 ? lane : right ? half + 1 : half;
    }

    private Homography OnPlaneOf(Carriageway other)
    {
        (double X, double Y)[] corner = [.. Polygon.Select(p => other.ToRoad.Map(p.X, p.Y))];
        (double X, double Y) left = Heading(corner[0], corner[3]), right = Heading(corner[1], corner[2]);
        bool byLeft = Math.Abs(left.Y) >= Math.Abs(right.Y);
        (double X, double Y) along = byLeft ? left : right, origin = byLeft ? corner[0] : corner[1];
        double shift = byLeft ? 0 : Options.WidthM;
        (double X, double Y) Place(double across, double y) =>
            (origin.X + ((across - shift) * along.Y) + (y * along.X), origin.Y - ((across - shift) * along.X) + (y * along.Y));
        (double X, double Y)[] placed =
        [
            Place(0, 0), Place(Options.WidthM, 0), Place(Options.WidthM, Options.LengthM), Place(0, Options.LengthM),
        ];
        return Homography.FromPairs(
            [(0, 0), (Options.WidthM, 0), (Options.WidthM, Options.LengthM), (0, Options.LengthM)],
            [.. placed.Select(p => other.ToImage.Map(p.X, p.Y))]);
    }

    private static (double X, double Y) Heading((double X, double Y) from, (double X, double Y) to)
    {
        double x = to.X - from.X, y = to.Y - from.Y, length = Math.Max(1e-9, Math.Sqrt((x * x) + (y * y)));
        return (x / length, y / length);
    }

    private RoadLine Line(LineOptions line, double sx, double sy)
    {
        (double ax, double ay) = ToRoad.Map(line.From.X * sx, line.From.Y * sy);
        (double bx, double by) = ToRoad.Map(line.To.X * sx, line.To.Y * sy);
        return new RoadLine(new RoadPoint(ax, ay), new RoadPoint(bx, by));
    }
}
