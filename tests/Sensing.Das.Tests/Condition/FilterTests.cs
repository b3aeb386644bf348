using CsCheck;
using Sensing.Das.Condition;

namespace Sensing.Das.Tests.Condition;

public sealed class FilterTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void The_passage_filter_has_the_gain_of_its_formula_within_the_band(double hz)
    {
        const double Rate = 25, Low = 0.1, High = 3, Sigma = 0.25;
        PassageFilter filter = PassageFilter.Design(Rate, Low, High, Sigma, 6);

        // Template spectrum f·exp(−(2πfσ)²/2) times the squared Butterworth magnitude in the analogue variable; scale cancels.
        double Analytic(double f)
        {
            double W(double x) => Math.Tan(Math.PI * x / Rate);
            double x = ((W(f) * W(f)) - (W(Low) * W(High))) / (W(f) * (W(High) - W(Low)));
            return f * Math.Exp(-0.5 * Math.Pow(2 * Math.PI * f * Sigma, 2)) / (1 + Math.Pow(x, 4));
        }

        Assert.Equal(Analytic(hz) / Analytic(0.8), filter.Gain(hz, Rate) / filter.Gain(0.8, Rate), 2);
    }

    [Fact]
    public void The_low_pass_keeps_its_pass_band_and_stops_by_seventy_decibels()
    {
        int half = KaiserLowPass.HalfLength(0.1);
        float[] taps = KaiserLowPass.Design(0.15, half);
        double Gain(double f) => Math.Abs(Enumerable.Range(-half, taps.Length).Sum(i => taps[i + half] * Math.Cos(2 * Math.PI * f * i)));
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(1, Gain(i * 0.01), 3));
        Assert.All(Enumerable.Range(0, 30), i => Assert.InRange(Gain(0.2 + (i * 0.01)), 0, 5e-4));
    }

    [Theory]
    [InlineData(0.5, 1.0635)]
    [InlineData(2.0, 2.2796)]
    [InlineData(5.0, 27.2399)]
    public void The_bessel_series_agrees_with_tables(double x, double expected) =>
        Assert.Equal(expected, KaiserLowPass.BesselI0(x), 4);

    [Fact]
    public void Decimation_equals_a_direct_convolution() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 20], Gen.Float[-1, 1].Array[60, 120]).Sample((factor, half, values) =>
        {
            float[] taps = KaiserLowPass.Design(0.4 / factor, half);
            var decimator = new RowDecimator(1, factor, taps);
            var outputs = new List<float>();
            foreach (float value in values)
            {
                if (decimator.Push([value], out ReadOnlySpan<float> row))
                {
                    outputs.Add(row[0]);
                }
            }

            for (int r = 0; r < outputs.Count; r++)
            {
                double expected = 0;
                for (int k = -half; k <= half; k++)
                {
                    int n = (r * factor) + k;
                    expected += n >= 0 && n < values.Length ? taps[k + half] * values[n] : 0;
                }

                Assert.Equal(expected, outputs[r], 2e-5);
            }

            Assert.Equal(((values.Length - 1 - half) / factor) + 1, outputs.Count);
        });

    [Fact]
    public void The_running_scale_finds_the_deviation_of_noise()
    {
        var scale = new RunningScale(2);
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            // Box and Muller; the second position is four times as loud.
            float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            scale.Add([Normal(), 4 * Normal()]);
        }

        Assert.InRange(scale.ScaleOf(0), 0.85, 1.15);
        Assert.InRange(scale.ScaleOf(1), 3.4, 4.6);
    }
}
