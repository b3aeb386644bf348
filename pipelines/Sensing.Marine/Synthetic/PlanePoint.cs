namespace Sensing.Marine.Synthetic;

/// <summary>A place in the voyage's plane, m east and north of its origin.</summary>
internal readonly record struct PlanePoint(double East, double North)
{
    public static PlanePoint operator +(PlanePoint a, PlanePoint b) => new(a.East + b.East, a.North + b.North);

    public static PlanePoint operator -(PlanePoint a, PlanePoint b) => new(a.East - b.East, a.North - b.North);

    public static PlanePoint operator *(double factor, PlanePoint a) => new(factor * a.East, factor * a.North);

    /// <summary>So far in a direction.</summary>
    public static PlanePoint Toward(double courseDeg, double distance)
    {
        (double sin, double cos) = Math.SinCos(courseDeg * Math.PI / 180);
        return new PlanePoint(distance * sin, distance * cos);
    }
}
