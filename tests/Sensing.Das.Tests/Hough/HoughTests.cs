using System.Runtime.Intrinsics;
using CsCheck;
using Sensing.Das.Condition;
using Sensing.Das.Events;
using Sensing.Das.Hough;

namespace Sensing.Das.Tests.Hough;

public sealed class HoughTests
{
    [Fact]
    public void The_quantile_of_eight_columns_equals_that_of_sorted_values() =>
        Gen.Select(Gen.Int[3, 40], Gen.Double[0.05, 0.5], Gen.Int).Sample((rows, quantile, seed) =>
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextSingle()).ToArray()).ToArray();
            Vector256<float> found = QuantileStack.Of(values.Select(v => Vector256.Create<float>(v)).ToArray(), quantile);
            for (int column = 0; column < 8; column++)
            {
                float[] sorted = [.. values.Select(v => v[column]).Order()];
                double place = quantile * (rows - 1);
                int below = (int)place;
                double expected = sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, rows - 1)] - sorted[below]));
                Assert.Equal(expected, found[column], 1e-5);
            }
        });

    [Theory]
    [InlineData(TravelDirection.Increasing)]
    [InlineData(TravelDirection.Decreasing)]
    public void A_line_is_found_where_a_brute_force_search_finds_the_best_one(TravelDirection direction)
    {
        const double Rate = 25, Step = 5, Speed = 17;
        const int Positions = 16, Rows = 400;
        DasOptions options = DasOptions.Highway with { MinSpeedKmh = 30, Condition = new ConditionOptions { TemplateSeconds = [0.3] } };
        var grid = new SlownessGrid(options);
        var history = new EvidenceHistory(1, Positions, Rows);
        var geometry = new DasGeometry(Positions, 1 / Rate, Step, 0);
        var random = new Random(11);
        var evidence = new float[Rows, Positions];
        for (int r = 0; r < Rows; r++)
        {
            for (int p = 0; p < Positions; p++)
            {
                double passing = 8 + ((direction == TravelDirection.Increasing ? p : Positions - 1 - p) * Step / Speed);
                double u = ((r / Rate) - passing) / 0.3;
                evidence[r, p] = (float)((6 * (1 - (u * u)) * Math.Exp(-u * u / 2)) + (random.NextDouble() - 0.5));
            }

            history.Add(Row(geometry, options, r, evidence));
        }

        var search = new LineSearch(new Aperture(0, 0, Positions), direction, grid, Step, Rate, options.Detect);
        var found = new List<LineCandidate>();
        for (int row = 0; row + 8 < Rows; row += 8)
        {
            search.Accumulate(history, row, new double[Positions]);
            search.FindMaxima(row + 8);
            search.Decide((row + 8) / Rate, (line, _) => found.Add(line));
        }

        search.Decide(double.PositiveInfinity, (line, _) => found.Add(line));
        LineCandidate best = Assert.Single(found);
        (double time, int slowness, double value) = BruteForce(evidence, grid, direction, Step, Rate, options.Detect.Quantile);
        Assert.Equal(slowness, best.Slowness);
        Assert.Equal(value, best.Evidence, 3);
        Assert.InRange(best.ExitSeconds, time - (1 / Rate), time + (1 / Rate));
        Assert.InRange(1 / grid.Values[best.Slowness], Speed * 0.95, Speed * 1.05);
    }

    [Fact]
    public void Shoulders_of_a_strong_line_are_no_vehicles_but_a_strong_follower_is()
    {
        var mask = new ShoulderMask(new DetectOptions
        {
            ShoulderSmall = 0.25,
            ShoulderLarge = 0.5,
            ShoulderDivide = 20,
            Threshold = 0.5,
            ShoulderSmallSeconds = 1.8,
            ShoulderLargeSeconds = 2.5,
        });
        LineCandidate[] lines = [new(10, 12, 0, 10), new(11.3, 13.3, 0, 6f), new(8.8, 10.8, 0, 2.6f), new(10.2, 12.2, 0, 5), new(20, 22, 0, 0.6f)];
        double[] excess = mask.Excess([.. lines.OrderByDescending(l => l.Evidence)], l => Places(l, 0));
        Assert.Equal(10, excess[0]);
        Assert.Equal(6 - 2.5, excess[1], 1);
        Assert.True(double.IsNaN(excess[2]), "0.2 s from the strongest: the same vehicle");
        Assert.True(double.IsNaN(excess[3]), "2.6 stands only 0.1 above the shoulder");
        Assert.Equal(0.6, excess[4], 3);
    }

    [Fact]
    public void A_line_across_the_lines_of_two_vehicles_is_no_third_one()
    {
        var mask = new ShoulderMask(new DetectOptions { ShoulderSmall = 0, ShoulderLarge = 0, Threshold = 0.5, MinHeadwaySeconds = 0.35, Quantile = 0.25 });

        // Two followers 1.4 s apart and a steeper line that begins at one and ends at the other: 0.7 s from each in the mean.
        LineCandidate first = new(10, 12, 0, 10), second = new(11.4, 13.4, 0, 9), across = new(10.7, 13.4, 1, 6), beside = new(14, 16, 1, 6);
        double Across(LineCandidate line) => line.Slowness == 0 ? 0 : 1.4;
        double[] excess = mask.Excess([first, second, across, beside], l => Places(l, Across(l)));
        Assert.Equal([10, 9, double.NaN, 6], excess);
    }

    [Fact]
    public void A_line_waits_as_long_as_the_strongest_vehicle_could_still_deny_it()
    {
        var options = new DetectOptions();
        var mask = new ShoulderMask(options);
        Gen.Select(Gen.Double[20, 300], Gen.Double[1.7, 30]).Sample((strongest, evidence) =>
        {
            double reach = mask.ReachOf(strongest, evidence);
            for (double apart = reach; apart < 6; apart += 0.05)
            {
                Assert.True(evidence - mask.Shoulder(strongest, apart) > options.Threshold, $"{apart} s beyond {reach} s");
            }

            Assert.True(reach < 0.1 || evidence - mask.Shoulder(strongest, reach - 0.11) <= options.Threshold);
        });
    }

    /// <summary>Times along a line; a line of other slowness gains <paramref name="across"/> seconds over the aperture.</summary>
    private static double[] Places(LineCandidate line, double across) =>
        [.. Enumerable.Range(0, 17).Select(i => line.MiddleSeconds + (across * ((i / 16.0) - 0.5)))];

    private static ConditionedRow Row(DasGeometry geometry, DasOptions options, int row, float[,] evidence) => new()
    {
        Layout = new FibreLayout(geometry, options),
        Row = row,
        Evidence = [[.. Enumerable.Range(0, geometry.Channels).Select(p => evidence[row, p])]],
        Unit = new float[geometry.Channels],
        Vibration = new float[geometry.Channels],
        Alive = [.. Enumerable.Repeat(true, geometry.Channels)],
    };

    /// <summary>Every exit row and slowness, a plain sort for the quantile.</summary>
    private static (double Exit, int Slowness, double Value) BruteForce(
        float[,] evidence, SlownessGrid grid, TravelDirection direction, double step, double rate, double quantile)
    {
        (double, int, double) best = (0, 0, double.NegativeInfinity);
        int rows = evidence.GetLength(0), positions = evidence.GetLength(1);
        for (int k = 0; k < grid.Values.Length; k++)
        {
            for (int row = 0; row < rows - 1; row++)
            {
                var values = new double[positions];
                for (int p = 0; p < positions; p++)
                {
                    int behind = direction == TravelDirection.Increasing ? positions - 1 - p : p;
                    double at = row - (behind * step * grid.Values[k] * rate);
                    int low = (int)Math.Floor(at);
                    double share = at - low;
                    values[p] = low < 0 ? 0 : (evidence[low, p] * (1 - share)) + (evidence[low + 1, p] * share);
                }

                Array.Sort(values);
                double place = quantile * (positions - 1);
                int below = (int)place;
                double value = values[below] + ((place - below) * (values[below + 1] - values[below]));
                best = value > best.Item3 ? (row / rate, k, value) : best;
            }
        }

        return best;
    }
}
