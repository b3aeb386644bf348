namespace Sensing.Marine.Geodesy;

/// <summary>Distances, bearings and courses on the WGS-84 ellipsoid.</summary>
public static class Geodesic
{
    /// <summary>Semi-major axis, m, and flattening (NIMA TR8350.2).</summary>
    internal const double A = 6378137, F = 1 / 298.257223563;

    private const double B = A * (1 - F), E2 = F * (2 - F);
    private const double SecondE2 = ((A * A) - (B * B)) / (B * B);

    /// <summary>Where a vessel is that has kept straight on.</summary>
    /// <param name="from">Where it began.</param>
    /// <param name="courseDeg">Its course there, °.</param>
    /// <param name="distanceM">How far it has come, m; negative: where it came from.</param>
    public static GeoPosition Move(GeoPosition from, double courseDeg, double distanceM) => Move(from, courseDeg, distanceM, out _);

    /// <summary>The same, with the course at the end: on a straight line it changes, near a pole by much.</summary>
    /// <remarks>Vincenty's direct formula (Survey Review 23, 1975, 88–93): below 0.1 mm, and it converges everywhere.</remarks>
    public static GeoPosition Move(GeoPosition from, double courseDeg, double distanceM, out double endCourseDeg)
    {
        double course = Angle.Radians(courseDeg);
        (double sinCourse, double cosCourse) = Math.SinCos(course);
        (double sinLat, double cosLat) = Math.SinCos(Angle.Radians(from.LatitudeDeg));
        double length = Math.Sqrt(((1 - F) * (1 - F) * sinLat * sinLat) + (cosLat * cosLat));
        double sinU = (1 - F) * sinLat / length, cosU = cosLat / length;
        double sigma1 = Math.Atan2(sinU, cosU * cosCourse);
        double sinAlpha = cosU * sinCourse;
        double cosSquaredAlpha = 1 - (sinAlpha * sinAlpha);
        double u2 = cosSquaredAlpha * SecondE2;
        double a = 1 + (u2 / 16384 * (4096 + (u2 * (-768 + (u2 * (320 - (175 * u2)))))));
        double b = u2 / 1024 * (256 + (u2 * (-128 + (u2 * (74 - (47 * u2))))));
        double sigma = distanceM / (B * a), sinSigma, cosSigma, cos2Mean;
        for (int round = 0; ; round++)
        {
            cos2Mean = Math.Cos((2 * sigma1) + sigma);
            (sinSigma, cosSigma) = Math.SinCos(sigma);
            double c2 = (2 * cos2Mean * cos2Mean) - 1;
            double delta = b * sinSigma * (cos2Mean + (b / 4 * ((cosSigma * c2)
                - (b / 6 * cos2Mean * ((4 * sinSigma * sinSigma) - 3) * ((4 * cos2Mean * cos2Mean) - 3)))));
            double next = (distanceM / (B * a)) + delta;
            bool done = Math.Abs(next - sigma) < 1e-13 || round >= 20;
            sigma = next;
            if (done)
            {
                break;
            }
        }

        cos2Mean = Math.Cos((2 * sigma1) + sigma);
        (sinSigma, cosSigma) = Math.SinCos(sigma);
        double across = (sinU * sinSigma) - (cosU * cosSigma * cosCourse);
        double latitude = Math.Atan2(
            (sinU * cosSigma) + (cosU * sinSigma * cosCourse), (1 - F) * Math.Sqrt((sinAlpha * sinAlpha) + (across * across)));
        double lambda = Math.Atan2(sinSigma * sinCourse, (cosU * cosSigma) - (sinU * sinSigma * cosCourse));
        double c = F / 16 * cosSquaredAlpha * (4 + (F * (4 - (3 * cosSquaredAlpha))));
        double difference = lambda - ((1 - c) * F * sinAlpha
            * (sigma + (c * sinSigma * (cos2Mean + (c * cosSigma * ((2 * cos2Mean * cos2Mean) - 1))))));
        endCourseDeg = Angle.Positive(Angle.Degrees(Math.Atan2(sinAlpha, -across)));
        return new GeoPosition(Angle.Degrees(latitude), Angle.Signed(from.LongitudeDeg + Angle.Degrees(difference)));
    }

    /// <summary>Distance along the ground, m: the chord, bent with the ellipsoid's curvature in its direction (Euler).</summary>
    /// <remarks>Within 1 mm up to 100 km and 0.1 % at any distance, at the poles and across the antimeridian alike.</remarks>
    public static double Distance(GeoPosition from, GeoPosition to)
    {
        double chord = (Place(to) - Place(from)).Length;
        double middle = Angle.Radians((from.LatitudeDeg + to.LatitudeDeg) / 2);
        double sin = Math.Sin(middle), w = 1 - (E2 * sin * sin);
        double prime = A / Math.Sqrt(w), meridian = prime * (1 - E2) / w;
        (double sinCourse, double cosCourse) = Math.SinCos(Angle.Radians(Bearing(from, to)));
        double radius = 1 / ((cosCourse * cosCourse / meridian) + (sinCourse * sinCourse / prime));
        return 2 * radius * Math.Asin(Math.Min(1, chord / (2 * radius)));
    }

    /// <summary>Bearing of <paramref name="to"/> at <paramref name="from"/>, ° from true north, 0 to below 360.</summary>
    public static double Bearing(GeoPosition from, GeoPosition to)
    {
        Vector3 chord = Place(to) - Place(from);
        (Vector3 north, Vector3 east) = Axes(from);
        return Angle.Positive(Angle.Degrees(Math.Atan2(chord.Dot(east), chord.Dot(north))));
    }

    internal static Vector3 Place(GeoPosition position)
    {
        (double sinLat, double cosLat) = Math.SinCos(Angle.Radians(position.LatitudeDeg));
        (double sinLon, double cosLon) = Math.SinCos(Angle.Radians(position.LongitudeDeg));
        double prime = A / Math.Sqrt(1 - (E2 * sinLat * sinLat));
        return new Vector3(prime * cosLat * cosLon, prime * cosLat * sinLon, prime * (1 - E2) * sinLat);
    }

    /// <summary>Velocity in the Earth's frame.</summary>
    internal static Vector3 Velocity(GeoPosition position, double courseDeg, double speedMs)
    {
        (Vector3 north, Vector3 east) = Axes(position);
        (double sin, double cos) = Math.SinCos(Angle.Radians(courseDeg));
        return ((speedMs * cos) * north) + ((speedMs * sin) * east);
    }

    internal static (Vector3 North, Vector3 East) Axes(GeoPosition position)
    {
        (double sinLat, double cosLat) = Math.SinCos(Angle.Radians(position.LatitudeDeg));
        (double sinLon, double cosLon) = Math.SinCos(Angle.Radians(position.LongitudeDeg));
        return (new Vector3(-sinLat * cosLon, -sinLat * sinLon, cosLat), new Vector3(-sinLon, cosLon, 0));
    }
}
