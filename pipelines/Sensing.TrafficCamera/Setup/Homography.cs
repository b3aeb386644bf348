namespace Sensing.TrafficCamera.Setup;

/// <summary>A projective map between two planes: 3 × 3, row by row.</summary>
/// <remarks>Hartley and Zisserman, Multiple View Geometry (2004), section 4.1: four pairs give eight linear equations
/// for the eight ratios of the matrix. Both planes are first moved and scaled to the unit square (section 4.4.4), so
/// that the equations are well conditioned.</remarks>
public sealed class Homography
{
    private readonly double[] _m;

    private Homography(double[] matrix) => _m = matrix;

    /// <summary>The nine elements, row by row; the map is the same for any multiple.</summary>
    public ReadOnlySpan<double> Matrix => _m;

    /// <summary>The map that takes each of four points to its partner.</summary>
    /// <exception cref="ArgumentException">There are not four pairs, or three of the points are on one
    /// line.</exception>
    public static Homography FromPairs(ReadOnlySpan<(double X, double Y)> from, ReadOnlySpan<(double X, double Y)> to)
    {
        if (from.Length != 4 || to.Length != 4)
        {
            throw new ArgumentException($"Four pairs of points are needed, not {from.Length} and {to.Length}.", nameof(from));
        }

        (double Scale, double X, double Y) a = Normal(from), b = Normal(to);
        double[,] rows = new double[8, 9];
        for (int i = 0; i < 4; i++)
        {
            double x = (from[i].X - a.X) * a.Scale, y = (from[i].Y - a.Y) * a.Scale;
            double u = (to[i].X - b.X) * b.Scale, v = (to[i].Y - b.Y) * b.Scale;
            Set(rows, 2 * i, [x, y, 1, 0, 0, 0, -u * x, -u * y, u]);
            Set(rows, (2 * i) + 1, [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
        }

        double[] h = Solve(rows) ?? throw new ArgumentException("Three of the four points are on one line.", nameof(from));
        double[] inner = [h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1];
        double[] before = [a.Scale, 0, -a.X * a.Scale, 0, a.Scale, -a.Y * a.Scale, 0, 0, 1];
        double[] after = [1 / b.Scale, 0, b.X, 0, 1 / b.Scale, b.Y, 0, 0, 1];
        return new Homography(Multiply(after, Multiply(inner, before)));
    }

    /// <summary>The image of a point. Points beyond the horizon have images, too, on the wrong side: see <see
    /// cref="Weight"/>.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        double w = Weight(x, y);
        return (((_m[0] * x) + (_m[1] * y) + _m[2]) / w, ((_m[3] * x) + (_m[4] * y) + _m[5]) / w);
    }

    /// <summary>The third homogeneous coordinate: its sign differs on the two sides of the line that is mapped to
    /// infinity.</summary>
    public double Weight(double x, double y) => (_m[6] * x) + (_m[7] * y) + _m[8];

    /// <summary>Area of the image of a small area around a point, per area: the determinant of the map's
    /// derivative.</summary>
    public double AreaScale(double x, double y)
    {
        double w = Weight(x, y);
        return Math.Abs(Determinant() / (w * w * w));
    }

    /// <summary>The map back.</summary>
    public Homography Inverse()
    {
        double[] m = _m;
        double scale = 1 / Determinant();
        return new Homography(
        [
            scale * ((m[4] * m[8]) - (m[5] * m[7])), scale * ((m[2] * m[7]) - (m[1] * m[8])), scale * ((m[1] * m[5]) - (m[2] * m[4])),
            scale * ((m[5] * m[6]) - (m[3] * m[8])), scale * ((m[0] * m[8]) - (m[2] * m[6])), scale * ((m[2] * m[3]) - (m[0] * m[5])),
            scale * ((m[3] * m[7]) - (m[4] * m[6])), scale * ((m[1] * m[6]) - (m[0] * m[7])), scale * ((m[0] * m[4]) - (m[1] * m[3])),
        ]);
    }

    /// <summary>This map after a scaling of the plane that it maps from.</summary>
    public Homography AfterScaling(double x, double y) =>
        new(Multiply(_m, [x, 0, 0, 0, y, 0, 0, 0, 1]));

    private double Determinant() =>
        (_m[0] * ((_m[4] * _m[8]) - (_m[5] * _m[7])))
        - (_m[1] * ((_m[3] * _m[8]) - (_m[5] * _m[6])))
        + (_m[2] * ((_m[3] * _m[7]) - (_m[4] * _m[6])));

    private static (double Scale, double X, double Y) Normal(ReadOnlySpan<(double X, double Y)> points)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        foreach ((double x, double y) in points)
        {
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            top = Math.Min(top, y);
            bottom = Math.Max(bottom, y);
        }

        return (1 / Math.Max(1e-9, Math.Max(right - left, bottom - top)), left, top);
    }

    private static void Set(double[,] rows, int row, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            rows[row, i] = values[i];
        }
    }

    /// <summary>Gauss elimination with partial pivoting; null where the equations are dependent.</summary>
    private static double[]? Solve(double[,] rows)
    {
        int n = rows.GetLength(0);
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(rows[row, column]) > Math.Abs(rows[pivot, column]) ? row : pivot;
            }

            if (Math.Abs(rows[pivot, column]) < 1e-9)
            {
                return null;
            }

            for (int i = 0; i <= n; i++)
            {
                (rows[column, i], rows[pivot, i]) = (rows[pivot, i], rows[column, i]);
            }

            for (int row = 0; row < n; row++)
            {
                if (row != column)
                {
                    double factor = rows[row, column] / rows[column, column];
                    for (int i = column; i <= n; i++)
                    {
                        rows[row, i] -= factor * rows[column, i];
                    }
                }
            }
        }

        double[] solution = new double[n];
        for (int i = 0; i < n; i++)
        {
            solution[i] = rows[i, n] / rows[i, i];
        }

        return solution;
    }

    private static double[] Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                product[(3 * row) + column] = (a[3 * row] * b[column]) + (a[(3 * row) + 1] * b[3 + column]) + (a[(3 * row) + 2] * b[6 + column]);
            }
        }

        return product;
    }
}
