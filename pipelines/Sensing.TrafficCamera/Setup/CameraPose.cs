namespace Sensing.TrafficCamera.Setup;

/// <summary>Where the camera is and which way it looks, from the homography of its road: heights above the road become
/// visible.</summary>
/// <remarks>With square pixels and the principal point in the middle of the picture, a plane's homography is K·[r1 r2
/// t] (Zhang, "A flexible new technique for camera calibration", IEEE TPAMI 22 (2000), section 3.1): that r1 and r2 are
/// orthogonal and equally long gives two equations. Lengths on a road are known worse than directions, so the focal
/// length is the one within a plausible field of view that violates both least.</remarks>
public sealed class CameraPose
{
    /// <summary>Traffic cameras: from a telephoto lens to a wide angle, degrees across the picture's width.</summary>
    private const double NarrowestDegrees = 8, WidestDegrees = 110;
    private const int Steps = 200;

    private readonly double[] _p;

    private CameraPose(double[] projection, double focalPixels, double x, double y, double z, double skew, double stretch)
    {
        _p = projection;
        FocalPixels = focalPixels;
        Nadir = new RoadPoint(x, y);
        HeightM = z;
        Skew = skew;
        Stretch = stretch;
    }

    /// <summary>Focal length, pixels.</summary>
    public double FocalPixels { get; }

    /// <summary>Height of the camera above the road, m.</summary>
    public double HeightM { get; }

    /// <summary>The point of the road's plane under the camera.</summary>
    public RoadPoint Nadir { get; }

    /// <summary>Cosine of the angle between the road's axes as the camera would see them: 0 where the set-up
    /// fits.</summary>
    public double Skew { get; }

    /// <summary>Logarithm of the scale across over the scale along: 0 where width and length fit each other.</summary>
    public double Stretch { get; }

    /// <summary>Above this <see cref="Misfit"/> width, length and corners contradict each other.</summary>
    public const double PlausibleMisfit = 0.45;

    /// <summary>How far the set-up is from what a camera can see: <see cref="Skew"/> and <see cref="Stretch"/>
    /// together.</summary>
    public double Misfit => Math.Sqrt((Skew * Skew) + (Stretch * Stretch));

    /// <summary>The pose that explains a homography best.</summary>
    /// <param name="roadToImage">From road metres to pixels.</param>
    /// <param name="width">Width of the picture, pixels.</param>
    /// <param name="height">Height of the picture, pixels.</param>
    /// <param name="seen">A road point in front of the camera.</param>
    public static CameraPose Of(Homography roadToImage, int width, int height, RoadPoint seen)
    {
        double best = double.MaxValue, focal = width;
        for (int i = 0; i <= Steps; i++)
        {
            double degrees = NarrowestDegrees * Math.Pow(WidestDegrees / NarrowestDegrees, i / (double)Steps);
            double f = width / 2.0 / Math.Tan(degrees / 2 * Math.PI / 180);
            (double[] r1, double[] r2, _) = Columns(roadToImage, width, height, f);
            double n1 = Norm(r1), n2 = Norm(r2);
            double skew = Dot(r1, r2) / (n1 * n2), stretch = Math.Log(n1 / n2);
            double cost = (skew * skew) + (stretch * stretch);
            if (cost < best)
            {
                best = cost;
                focal = f;
            }
        }

        return At(roadToImage, width, height, focal, seen);
    }

    /// <summary>The pixel of a point above the road.</summary>
    public (double X, double Y) Project(double acrossM, double alongM, double heightM)
    {
        double w = (_p[8] * acrossM) + (_p[9] * alongM) + (_p[10] * heightM) + _p[11];
        return (
            ((_p[0] * acrossM) + (_p[1] * alongM) + (_p[2] * heightM) + _p[3]) / w,
            ((_p[4] * acrossM) + (_p[5] * alongM) + (_p[6] * heightM) + _p[7]) / w);
    }

    private static CameraPose At(Homography h, int width, int height, double f, RoadPoint seen)
    {
        (double[] a, double[] b, double[] t) = Columns(h, width, height, f);
        double scale = 2 / (Norm(a) + Norm(b));

        // The road lies in front of the camera: its depth is positive.
        double depth = (a[2] * seen.AcrossM) + (b[2] * seen.AlongM) + t[2];
        scale = depth < 0 ? -scale : scale;
        double[] r1 = Scaled(a, 1 / Norm(a) * Math.Sign(scale)), r2 = Scaled(b, 1 / Norm(b) * Math.Sign(scale));
        double[] third = Cross(r1, r2);
        double[] r3 = Scaled(third, 1 / Norm(third));
        t = Scaled(t, scale);

        // Camera centre −Rᵀt with the nearest orthogonal frame: what r1 and r2 deviate from a right angle is shared
        // out.
        double[] sum = Unit([r1[0] + r2[0], r1[1] + r2[1], r1[2] + r2[2]]), gap = Unit([r1[0] - r2[0], r1[1] - r2[1], r1[2] - r2[2]]);
        double[] e1 = Unit([sum[0] + gap[0], sum[1] + gap[1], sum[2] + gap[2]]), e2 = Unit([sum[0] - gap[0], sum[1] - gap[1], sum[2] - gap[2]]);
        double[] centre = [-Dot(e1, t), -Dot(e2, t), -Dot(r3, t)];

        // Above the road is the camera's side of it. The road's own columns stay as the homography has them.
        double up = centre[2] < 0 ? -1 : 1;
        double[] column = Scaled(r3, up / scale);
        ReadOnlySpan<double> m = h.Matrix;
        double cx = width / 2.0, cy = height / 2.0;
        double[] vertical = [(f * column[0]) + (cx * column[2]), (f * column[1]) + (cy * column[2]), column[2]];
        double[] p =
        [
            m[0], m[1], vertical[0], m[2],
            m[3], m[4], vertical[1], m[5],
            m[6], m[7], vertical[2], m[8],
        ];
        return new CameraPose(
            p, f, centre[0], centre[1], Math.Abs(centre[2]), Dot(a, b) / (Norm(a) * Norm(b)), Math.Log(Norm(a) / Norm(b)));
    }

    private static (double[] A, double[] B, double[] T) Columns(Homography h, int width, int height, double f)
    {
        ReadOnlySpan<double> m = h.Matrix;
        double cx = width / 2.0, cy = height / 2.0;
        double[] a = [(m[0] - (cx * m[6])) / f, (m[3] - (cy * m[6])) / f, m[6]];
        double[] b = [(m[1] - (cx * m[7])) / f, (m[4] - (cy * m[7])) / f, m[7]];
        double[] t = [(m[2] - (cx * m[8])) / f, (m[5] - (cy * m[8])) / f, m[8]];
        return (a, b, t);
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double[] Scaled(double[] a, double factor) => [a[0] * factor, a[1] * factor, a[2] * factor];

    private static double[] Unit(double[] a) => Scaled(a, 1 / Math.Max(1e-12, Norm(a)));

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
