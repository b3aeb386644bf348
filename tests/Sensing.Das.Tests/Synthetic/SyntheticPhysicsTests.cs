using Sensing.Das.Events;
using Sensing.Das.Synthetic;

namespace Sensing.Das.Tests.Synthetic;

public class SyntheticPhysicsTests
{
    /// <summary>Mean one-sided density within a band, from the discrete Fourier transform of mean-free stretches.</summary>
    private static double Density(IReadOnlyList<double[]> channels, double timeStep, double lowHz, double highHz)
    {
        double sum = 0;
        int count = 0;
        foreach (double[] values in channels)
        {
            double mean = values.Average();
            double length = values.Length * timeStep;
            for (int k = (int)Math.Ceiling(lowHz * length); k <= highHz * length; k++)
            {
                double re = 0, im = 0;
                for (int i = 0; i < values.Length; i++)
                {
                    // A Hann window keeps the strong slow noise out of the fast bins; its mean square is 3/8.
                    double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / values.Length));
                    (double s, double c) = Math.SinCos(2 * Math.PI * k * i / values.Length);
                    re += (values[i] - mean) * window * c;
                    im += (values[i] - mean) * window * s;
                }

                sum += 2 * ((re * re) + (im * im)) * timeStep / values.Length / 0.375;
                count++;
            }
        }

        return sum / count;
    }

    [Fact]
    public void Noise_is_white_above_2_Hz_and_grows_as_1_over_f_below()
    {
        var options = new SyntheticOptions { Scenario = "quiet", Channels = 200, SampleRateHz = 50, Seed = 3 };
        var scenario = new SyntheticScenario(options);
        const int rows = 3000;
        using DasBlock block = scenario.Read(0, rows);
        IReadOnlyList<int> fading = scenario.Truth(60).FadingChannels;

        // Differences of pairs are free of the common mode and hold the noise of two channels.
        double[][] pairs = [.. Enumerable.Range(0, 60).Where(p => !fading.Contains(2 * p) && !fading.Contains((2 * p) + 1))
            .Select(p => Enumerable.Range(0, rows).Select(r => (double)block.Row(r)[2 * p] - block.Row(r)[(2 * p) + 1]).ToArray())];
        double unit = 2 * scenario.NoiseDensity;

        Assert.InRange(Density(pairs, 0.02, 10, 11) / unit, 0.8, 1.6);
        Assert.InRange(Density(pairs, 0.02, 0.9, 1.1) / unit, 0.65 * 3, 1.35 * 3);
        Assert.InRange(Density(pairs, 0.02, 0.18, 0.22) / unit, 0.65 * 11, 1.35 * 11);
        Assert.InRange(Density(pairs, 0.02, 0.08, 0.12) / unit, 0.65 * 21, 1.35 * 21);
    }

    [Fact]
    public void Signal_to_noise_is_as_defined()
    {
        // The noise of a quiet road against the nearest lane's signature, both measured by their energy in 0.1-1 Hz.
        var options = new SyntheticOptions { SnrDb = 9, SampleRateHz = 50 };
        var louder = new SyntheticScenario(options with { SnrDb = 15 });
        var scenario = new SyntheticScenario(options);
        Assert.Equal(Math.Pow(10, 0.6), scenario.NoiseDensity / louder.NoiseDensity, 1e-6);

        var ground = new GroundResponse(3, options.DepthM, options.GaugeLengthM);
        const double step = 0.01, speed = 80 / 3.6;
        double[] signal = [.. Enumerable.Range(-300, 601).Select(i =>
            -speed * VehicleSignature.QuasiStatic(VehicleFleet.ReferenceCar, 1, ground, -speed * i * step))];
        double energy = 0;
        for (double f = 0.105; f < 1; f += 0.01)
        {
            double re = signal.Select((v, i) => v * Math.Cos(2 * Math.PI * f * i * step)).Sum() * step;
            double im = signal.Select((v, i) => v * Math.Sin(2 * Math.PI * f * i * step)).Sum() * step;
            energy += 2 * ((re * re) + (im * im)) * 0.01;
        }

        double noise = scenario.NoiseDensity * (0.9 + (2 * Math.Log(10)));
        Assert.Equal(9, 10 * Math.Log10(energy / 3 / noise), 0.2);
    }

    [Fact]
    public void A_gauge_reads_the_mean_strain_between_its_ends()
    {
        var point = new GroundResponse(3, 0.8, 0.01);
        var gauge = new GroundResponse(3, 0.8, 10);
        foreach (double x in new[] { -20.0, -6, -1, 0, 2, 9 })
        {
            double mean = Enumerable.Range(0, 1000).Average(i => point.Strain(x - 5 + ((i + 0.5) * 0.01)));
            Assert.Equal(mean, gauge.Strain(x), Math.Abs(mean) * 0.001);
            Assert.Equal((gauge.Strain(x + 0.001) - gauge.Strain(x - 0.001)) / 0.002, gauge.StrainSlope(x), 1e-14);
        }
    }

    [Fact]
    public void Strain_rates_are_those_seen_on_roads()
    {
        // Truong et al., section 5: small vehicles 2e-6 to 5e-6 /s, large ones 5e-6 to 2e-5 /s.
        var options = new SyntheticOptions { Scenario = "free_flow", SnrDb = 60, SampleRateHz = 100, Channels = 60 };
        var scenario = new SyntheticScenario(options);
        var peaks = new Dictionary<VehicleClass, List<double>>();
        foreach (TruthVehicle vehicle in scenario.Truth(1800).Vehicles.Where(v => v.ReferenceSeconds is not null))
        {
            int channel = (int)Math.Round(scenario.Truth(1).ReferenceM / options.ChannelStepM);
            using DasBlock block = scenario.Read((long)((vehicle.ReferenceSeconds!.Value - 1.5) * 100), 300);
            double peak = Enumerable.Range(0, 300).Max(r => Math.Abs(block.Row(r)[channel]));
            if (!peaks.TryGetValue(vehicle.Class, out List<double>? list))
            {
                peaks.Add(vehicle.Class, list = []);
            }

            list.Add(peak);
        }

        double small = Median(peaks[VehicleClass.Small]), large = Median(peaks[VehicleClass.Large]);
        Assert.InRange(small, 5e-7, 5e-6);
        Assert.InRange(large, 5e-6, 2e-5);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
