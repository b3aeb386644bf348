using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Sensing.TrafficCamera.Setup;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Setup;

public sealed class HomographyTests
{
    private static readonly Gen<(double X, double Y)[]> Quadrilaterals = Gen.Double[-0.2, 0.2].Array[8].Select(d =>
        new[] { (100 + (80 * d[0]), 400 + (80 * d[1])), (500 + (80 * d[2]), 380 + (80 * d[3])), (330 + (80 * d[4]), 90 + (80 * d[5])), (220 + (80 * d[6]), 100 + (80 * d[7])) });

    [Fact]
    public void Agrees_with_the_null_vector_of_the_direct_linear_transform()
    {
        (double X, double Y)[] road = [(0, 0), (7.3, 0), (7.3, 75), (0, 75)];
        Quadrilaterals.Sample(image =>
        {
            Homography found = Homography.FromPairs(road, image);

            // Independent: the right singular vector of the smallest singular value of all eight equations.
            Matrix<double> rows = Matrix<double>.Build.Dense(9, 9);
            for (int i = 0; i < 4; i++)
            {
                double x = road[i].X, y = road[i].Y, u = image[i].X, v = image[i].Y;
                rows.SetRow(2 * i, [x, y, 1, 0, 0, 0, -u * x, -u * y, -u]);
                rows.SetRow((2 * i) + 1, [0, 0, 0, x, y, 1, -v * x, -v * y, -v]);
            }

            double[] h = [.. rows.Svd().VT.Row(8)];
            foreach ((double x, double y) in new[] { (1.0, 3.0), (6.5, 70.0), (3.3, 22.0) })
            {
                double w = (h[6] * x) + (h[7] * y) + h[8];
                (double mx, double my) = found.Map(x, y);
                Assert.Equal(((h[0] * x) + (h[1] * y) + h[2]) / w, mx, 3);
                Assert.Equal(((h[3] * x) + (h[4] * y) + h[5]) / w, my, 3);
            }
        });
    }

    [Fact]
    public void Takes_corners_to_corners_and_back() => Quadrilaterals.Sample(image =>
    {
        (double X, double Y)[] road = [(0, 0), (10, 0), (10, 50), (0, 50)];
        Homography map = Homography.FromPairs(road, image), back = map.Inverse();
        for (int i = 0; i < 4; i++)
        {
            (double x, double y) = map.Map(road[i].X, road[i].Y);
            Assert.Equal(image[i].X, x, 6);
            Assert.Equal(image[i].Y, y, 6);
            (x, y) = back.Map(image[i].X, image[i].Y);
            Assert.Equal(road[i].X, x, 6);
            Assert.Equal(road[i].Y, y, 6);
        }
    });

    [Fact]
    public void Refuses_three_points_on_a_line()
    {
        (double, double)[] road = [(0, 0), (1, 0), (1, 1), (0, 1)];
        Assert.Throws<ArgumentException>(() => Homography.FromPairs([(0, 0), (1, 1), (2, 2), (0, 1)], road));
    }

    [Fact]
    public void The_area_scale_is_that_of_a_small_square()
    {
        Homography map = Homography.FromPairs([(0, 0), (10, 0), (10, 50), (0, 50)], [(100, 400), (500, 380), (330, 90), (220, 100)]);
        const double e = 1e-4;
        (double x0, double y0) = map.Map(4, 20);
        (double x1, double y1) = map.Map(4 + e, 20);
        (double x2, double y2) = map.Map(4, 20 + e);
        double area = Math.Abs(((x1 - x0) * (y2 - y0)) - ((y1 - y0) * (x2 - x0))) / (e * e);
        Assert.Equal(area, map.AreaScale(4, 20), area * 1e-3);
    }
}
