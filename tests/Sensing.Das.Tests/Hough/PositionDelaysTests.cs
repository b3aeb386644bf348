using System.Reactive.Subjects;
using Sensing.Das.Events;
using Sensing.Das.Synthetic;
using Sensing.Das.Tests.Chain;
using Sensing.Streams;

namespace Sensing.Das.Tests.Hough;

/// <summary>Channels that see vehicles late or early, as loops and bends make them: known delays on roads with known speeds.</summary>
public sealed class PositionDelaysTests
{
    private const double Seconds = 300;

    private static readonly SyntheticOptions Road = new()
    {
        Scenario = "free_flow",
        Seed = 9,
        Channels = 42,
        ChannelStepM = 5,
        SampleRateHz = 50,
        SnrDb = 12,
        FlowFactor = 5,
    };

    private static readonly DasOptions Options = DasOptions.Street with
    {
        Directions = Directions.Increasing,
        Report = DasOptions.Street.Report with { Waterfall = false },
    };

    [Fact]
    public void Speeds_do_not_depend_on_when_the_chain_was_started()
    {
        var scenario = new SyntheticScenario(Road);
        TruthVehicle[] truth = [.. scenario.Truth(Seconds).Vehicles];
        using DasBlock straight = scenario.Read(0, (int)(Seconds * Road.SampleRateHz));
        using DasBlock uneven = Delayed(straight, Delays(straight.Geometry.Channels));
        foreach (double start in new[] { 0.0, 60, 120 })
        {
            double[] errors = [.. SpeedErrors(uneven, start, start + 120, truth).Order()];
            Assert.True(errors.Length >= 12, $"start {start} s: {errors.Length} vehicles were found");
            Assert.True(
                Math.Abs(errors[errors.Length / 2]) < 0.02,
                FormattableString.Invariant($"start {start} s: the median speed of {errors.Length} vehicles is {errors[errors.Length / 2]:+0.000;-0.000} off"));
        }
    }

    /// <summary>Delays of deviation 0.2 s without a trend, so that the speed along the fibre is the vehicle's.</summary>
    private static double[] Delays(int channels)
    {
        var random = new Random(4);
        double[] delays = [.. Enumerable.Range(0, channels).Select(_ => 0.2 * Math.Sqrt(3) * ((2 * random.NextDouble()) - 1))];
        double middle = (channels - 1) / 2.0, mean = delays.Average();
        double slope = Enumerable.Range(0, channels).Sum(c => (c - middle) * delays[c]) / Enumerable.Range(0, channels).Sum(c => (c - middle) * (c - middle));
        return [.. delays.Select((delay, c) => delay - mean - (slope * (c - middle)))];
    }

    private static DasBlock Delayed(DasBlock whole, double[] delays)
    {
        var late = new DasBlock(whole.Geometry, whole.Epoch, whole.FirstSample, whole.Rows);
        for (int row = 0; row < whole.Rows; row++)
        {
            for (int c = 0; c < delays.Length; c++)
            {
                int from = row - (int)Math.Round(delays[c] / whole.Geometry.TimeStepSeconds);
                late.Row(row)[c] = whole.Row(Math.Clamp(from, 0, whole.Rows - 1))[c];
            }
        }

        return late;
    }

    /// <summary>Reported over true speed, less 1, of every vehicle that is near a true one at the reference.</summary>
    private static IEnumerable<double> SpeedErrors(DasBlock whole, double from, double to, TruthVehicle[] truth)
    {
        int first = (int)(from * Road.SampleRateHz);
        using DasBlock part = ChainFixture.Part(whole, first, (int)(to * Road.SampleRateHz) - first);
        var found = new List<(double Seconds, VehiclePassage Passage)>();
        using var samples = new Subject<DasBlock>();
        using IDisposable run = new DasPipeline(Options, ChainFixture.Address).Connect(samples).Subscribe(e =>
        {
            if (e.Type == DasEvents.Vehicle.Name)
            {
                found.Add(((e.Time - whole.Epoch).TotalSeconds, DasEvents.Vehicle.Read(e)));
            }
        });
        samples.OnNext(part);
        samples.OnCompleted();
        foreach ((double seconds, VehiclePassage passage) in found)
        {
            TruthVehicle nearest = truth.MinBy(v => Math.Abs((v.TimeAt(passage.ReferenceM) ?? double.MaxValue) - seconds))!;
            if (Math.Abs((nearest.TimeAt(passage.ReferenceM) ?? double.MaxValue) - seconds) < 0.8)
            {
                yield return (passage.SpeedKmh / nearest.MeanSpeedKmh) - 1;
            }
        }
    }
}
