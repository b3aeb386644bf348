namespace Sensing.Marine.Geodesy;

/// <summary>A vessel that keeps straight on.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="CourseDeg">Course over ground, ° true.</param>
/// <param name="SpeedMs">Speed over ground, m/s, 0 or more.</param>
public readonly record struct Motion(GeoPosition Position, double CourseDeg, double SpeedMs)
{
    /// <summary>Where it is after so many seconds; negative: where it was.</summary>
    public Motion After(double seconds)
    {
        if (SpeedMs == 0 || seconds == 0)
        {
            return this;
        }

        GeoPosition position = Geodesic.Move(Position, CourseDeg, SpeedMs * seconds, out double course);
        return new Motion(position, course, SpeedMs);
    }
}
