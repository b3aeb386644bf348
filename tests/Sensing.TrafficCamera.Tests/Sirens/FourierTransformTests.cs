using Sensing.TrafficCamera.Sirens;

namespace Sensing.TrafficCamera.Tests.Sirens;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(1024)]
    public void It_equals_the_sum_of_the_definition(int length)
    {
        Random random = new(length);
        float[] real = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] imaginary = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] re = [.. real], im = [.. imaginary];
        new FourierTransform(length).Forward(re, im);
        foreach (int k in (int[])[0, 1, length / 2, length - 1])
        {
            System.Numerics.Complex sum = 0;
            for (int n = 0; n < length; n++)
            {
                sum += new System.Numerics.Complex(real[n], imaginary[n]) * System.Numerics.Complex.Exp(new(0, -2 * Math.PI * k * n / length));
            }

            Assert.Equal(sum.Real, re[k], 1e-3);
            Assert.Equal(sum.Imaginary, im[k], 1e-3);
        }
    }

    [Fact]
    public void A_length_that_is_no_power_of_two_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FourierTransform(100));
}
