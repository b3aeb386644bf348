using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>The outline of a box on the road in the picture: for each row the columns that it covers.</summary>
/// <remarks>The hull of the eight projected corners. One instance is filled again and again: no allocation.</remarks>
internal sealed class Silhouette(int width, int height)
{
    private readonly short[] _from = new short[height];
    private readonly short[] _to = new short[height];
    private readonly double[] _x = new double[8];
    private readonly double[] _y = new double[8];

    /// <summary>First row that is covered.</summary>
    public int Top { get; private set; }

    /// <summary>Row after the last.</summary>
    public int Bottom { get; private set; }

    /// <summary>Leftmost column.</summary>
    public int Left { get; private set; }

    /// <summary>Column after the rightmost.</summary>
    public int Right { get; private set; }

    /// <summary>Pixels within the picture.</summary>
    public int Area { get; private set; }

    /// <summary>Pixels if the picture had no edges.</summary>
    public double FullArea { get; private set; }

    /// <summary>First column covered in a row.</summary>
    public int From(int row) => _from[row];

    /// <summary>Column after the last one covered in a row.</summary>
    public int To(int row) => _to[row];

    /// <summary>Fills it with the outline of a box whose near end's middle is at <paramref name="contact"/>.</summary>
    public void Set(CameraPose pose, RoadPoint contact, VehicleSize size)
    {
        double half = size.WidthM / 2;
        double top = double.MaxValue, bottom = double.MinValue;
        for (int i = 0; i < 8; i++)
        {
            (double x, double y) = pose.Project(
                contact.AcrossM + ((i & 1) == 0 ? -half : half),
                contact.AlongM + ((i & 2) == 0 ? 0 : size.LengthM),
                (i & 4) == 0 ? 0 : size.HeightM);
            _x[i] = Math.Clamp(x, -4.0 * width, 5.0 * width);
            _y[i] = Math.Clamp(y, -4.0 * height, 5.0 * height);
            top = Math.Min(top, _y[i]);
            bottom = Math.Max(bottom, _y[i]);
        }

        Top = Math.Clamp((int)Math.Round(top), 0, height);
        Bottom = Math.Clamp((int)Math.Round(bottom), 0, height);
        for (int row = Top; row < Bottom; row++)
        {
            _from[row] = short.MaxValue;
            _to[row] = short.MinValue;
        }

        double full = Outline();
        Area = 0;
        Left = width;
        Right = 0;
        for (int row = Top; row < Bottom; row++)
        {
            _from[row] = Math.Clamp(_from[row], (short)0, (short)width);
            _to[row] = Math.Clamp(_to[row], _from[row], (short)width);
            Area += _to[row] - _from[row];
            if (_to[row] > _from[row])
            {
                Left = Math.Min(Left, _from[row]);
                Right = Math.Max(Right, _to[row]);
            }
        }

        FullArea = Math.Max(full, Area);
    }

    /// <summary>The rows that an edge of the hull passes.</summary>
    private void Edge(double x0, double y0, double x1, double y1)
    {
        if (y0 > y1)
        {
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
        }

        int from = Math.Max(Top, (int)Math.Ceiling(y0 - 0.5)), to = Math.Min(Bottom - 1, (int)Math.Floor(y1 - 0.5));
        double slope = y1 - y0 < 1e-9 ? 0 : (x1 - x0) / (y1 - y0);
        for (int row = from; row <= to; row++)
        {
            double x = x0 + ((row + 0.5 - y0) * slope);
            int column = (int)Math.Round(Math.Clamp(x, -10000, 10000));
            _from[row] = (short)Math.Min(_from[row], column);
            _to[row] = (short)Math.Max(_to[row], column);
        }
    }

    /// <summary>Fills the rows between the edges of the corners' hull: gift wrapping over eight points.</summary>
    /// <returns>Area of the hull, also outside the picture.</returns>
    private double Outline()
    {
        int start = 0;
        for (int i = 1; i < 8; i++)
        {
            start = _x[i] < _x[start] || (_x[i] == _x[start] && _y[i] < _y[start]) ? i : start;
        }

        double twice = 0;
        int at = start;
        for (int step = 0; step < 8; step++)
        {
            int next = Next(at);
            if (next < 0)
            {
                break;
            }

            Edge(_x[at], _y[at], _x[next], _y[next]);
            twice += (_x[at] * _y[next]) - (_x[next] * _y[at]);
            at = next;
            if (_x[at] == _x[start] && _y[at] == _y[start])
            {
                break;
            }
        }

        return Math.Abs(twice) / 2;
    }

    /// <summary>The corner after one on the hull, of those on one line the farthest; -1 where all coincide.</summary>
    private int Next(int at)
    {
        int next = -1;
        double nx = 0, ny = 0;
        for (int i = 0; i < 8; i++)
        {
            double dx = _x[i] - _x[at], dy = _y[i] - _y[at], cross = (nx * dy) - (dx * ny);
            if ((dx != 0 || dy != 0) && (next < 0 || cross < 0 || (cross == 0 && (dx * dx) + (dy * dy) > (nx * nx) + (ny * ny))))
            {
                (next, nx, ny) = (i, dx, dy);
            }
        }

        return next;
    }
}
