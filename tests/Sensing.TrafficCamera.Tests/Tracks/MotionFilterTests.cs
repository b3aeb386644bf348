using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Tracks;

public sealed class MotionFilterTests
{
    [Fact]
    public void Agrees_with_the_filter_in_matrix_form() => Gen.Double[-2, 2].Array[12].Sample(noise =>
    {
        var filter = new MotionFilter(3, 0.5, -8, 4);
        Vector<double> x = Vector<double>.Build.Dense([3.0, -8]);
        Matrix<double> p = Matrix<double>.Build.DenseOfArray(new double[,] { { 0.25, 0 }, { 0, 16 } });
        const double t = 0.04, q = 2.5 * 2.5, r = 0.6 * 0.6;
        Matrix<double> f = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, t }, { 0, 1 } });
        Matrix<double> w = Matrix<double>.Build.DenseOfArray(new double[,] { { q * t * t * t / 3, q * t * t / 2 }, { q * t * t / 2, q * t } });
        Matrix<double> h = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0 } });
        for (int i = 0; i < noise.Length; i++)
        {
            double z = 3 - (8 * t * (i + 1)) + noise[i];
            filter.Predict(t, 2.5);
            x = f * x;
            p = (f * p * f.Transpose()) + w;
            Assert.Equal((z - x[0]) * (z - x[0]) / (p[0, 0] + r), filter.Distance(z, 0.6), 6);
            filter.Update(z, 0.6);
            Matrix<double> gain = p * h.Transpose() * ((h * p * h.Transpose()) + r).Inverse();
            x += gain.Column(0) * (z - x[0]);
            p = (Matrix<double>.Build.DenseIdentity(2) - (gain * h)) * p;
            Assert.Equal(x[0], filter.Position, 9);
            Assert.Equal(x[1], filter.Speed, 9);
            Assert.Equal(Math.Sqrt(p[1, 1]), filter.SpeedError, 9);
        }
    });
}
