using CsCheck;
using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Tests.Geodesy;

public sealed class GeodesicTests
{
    private static readonly Gen<GeoPosition> Positions = Gen.Select(
        Gen.Double[-89.99, 89.99], Gen.Double[-180, 180], (lat, lon) => new GeoPosition(lat, lon));

    /// <summary>Flinders Peak to Buninyong, the line by which geodetic computations are checked in Australia (GDA94 technical manual, GRS80; the
    /// ellipsoids differ by 0.1 mm).</summary>
    [Fact]
    public void The_reference_line_of_the_australian_datum_has_its_published_length_and_azimuths()
    {
        var flinders = new GeoPosition(-Dms(37, 57, 3.72030), Dms(144, 25, 29.52440));
        var buninyong = new GeoPosition(-Dms(37, 39, 10.15610), Dms(143, 55, 35.38390));
        GeoPosition end = Geodesic.Move(flinders, Dms(306, 52, 5.37), 54972.271, out double course);
        Assert.Equal(buninyong.LatitudeDeg, end.LatitudeDeg, 1e-7);
        Assert.Equal(buninyong.LongitudeDeg, end.LongitudeDeg, 1e-7);
        Assert.Equal(Dms(127, 10, 25.07) + 180, course, 1e-5);
        Assert.Equal(54972.271, Geodesic.Distance(flinders, buninyong), 0.002);
        Assert.Equal(Dms(306, 52, 5.37), Geodesic.Bearing(flinders, buninyong), 1e-3);
    }

    [Fact]
    public void A_way_and_the_distance_between_its_ends_agree_everywhere() => Gen.Select(Positions, Gen.Double[0, 360], Gen.Double[1, 100_000])
        .Sample((from, course, distance) => Assert.Equal(
            distance, Geodesic.Distance(from, Geodesic.Move(from, course, distance)), 0.005 + (1e-7 * distance)));

    [Fact]
    public void There_and_back_ends_where_it_began() => Gen.Select(Positions, Gen.Double[0, 360], Gen.Double[1, 100_000])
        .Sample((from, course, distance) =>
        {
            GeoPosition end = Geodesic.Move(from, course, distance, out double endCourse);
            GeoPosition back = Geodesic.Move(end, endCourse + 180, distance);
            Assert.Equal(0, Geodesic.Distance(from, back), 0.001);
        });

    /// <summary>The differential equations of a geodesic (Clairaut), by steps of Runge and Kutta.</summary>
    [Fact]
    public void A_geodesic_solves_its_differential_equations() => Gen.Select(
        Gen.Double[-75, 75], Gen.Double[-180, 180], Gen.Double[0, 360], Gen.Double[1000, 60_000]).Sample((lat, lon, course, distance) =>
        {
            const double a = 6378137, e2 = 0.00669437999014;
            double[] y = [lat * Math.PI / 180, lon * Math.PI / 180, course * Math.PI / 180];
            double step = distance / 20;
            for (int i = 0; i < 20; i++)
            {
                double[] k1 = Slope(y), k2 = Slope(Along(y, k1, step / 2)), k3 = Slope(Along(y, k2, step / 2)), k4 = Slope(Along(y, k3, step));
                for (int c = 0; c < 3; c++)
                {
                    y[c] += step / 6 * (k1[c] + (2 * k2[c]) + (2 * k3[c]) + k4[c]);
                }
            }

            var solved = new GeoPosition(y[0] * 180 / Math.PI, y[1] * 180 / Math.PI);
            GeoPosition moved = Geodesic.Move(new GeoPosition(lat, lon), course, distance, out double end);
            Assert.Equal(0, Geodesic.Distance(solved, moved), 0.01);
            Assert.Equal(0, Math.IEEERemainder(end - (y[2] * 180 / Math.PI), 360), 1e-6);

            static double[] Along(double[] y, double[] slope, double step) => [y[0] + (step * slope[0]), y[1] + (step * slope[1]), y[2] + (step * slope[2])];

            static double[] Slope(double[] y)
            {
                double sin = Math.Sin(y[0]), w = Math.Sqrt(1 - (e2 * sin * sin));
                double prime = a / w, meridian = a * (1 - e2) / (w * w * w);
                return [Math.Cos(y[2]) / meridian, Math.Sin(y[2]) / (prime * Math.Cos(y[0])), Math.Tan(y[0]) * Math.Sin(y[2]) / prime];
            }
        });

    private static double Dms(double degrees, double minutes, double seconds) => degrees + (minutes / 60) + (seconds / 3600);
}
