using Sensing.Das.Synthetic;

namespace Sensing.Das.Tests.Synthetic;

public class SyntheticSamplesTests
{
    private static readonly SyntheticOptions Small = new() { Channels = 37, SampleRateHz = 50, Scenario = "mixed", Seed = 5 };

    [Theory]
    [InlineData("free_flow")]
    [InlineData("opposing")]
    [InlineData("platoon")]
    [InlineData("stop_go")]
    [InlineData("dead_channels")]
    [InlineData("mixed")]
    public void Any_cutting_into_blocks_gives_the_same_bits(string name)
    {
        SyntheticOptions options = Small with { Scenario = name };
        float[] whole = Samples(new SyntheticScenario(options), 0, 6000, 6000);

        Assert.Equal(whole, Samples(new SyntheticScenario(options), 0, 6000, 1));
        Assert.Equal(whole, Samples(new SyntheticScenario(options), 0, 6000, 77));
    }

    [Fact]
    public void Reading_may_start_anywhere_also_a_month_in()
    {
        var first = new SyntheticScenario(Small);
        long month = 30L * 86_400 * 50;
        float[] after = Samples(first, month - 500, 1000, 1000)[(500 * 37)..];

        Assert.Equal(after, Samples(new SyntheticScenario(Small), month, 500, 100));
        Assert.Equal(Samples(new SyntheticScenario(Small), 0, 100, 100), Samples(first, 0, 100, 100));
    }

    [Fact]
    public void Another_seed_makes_other_noise_and_other_traffic()
    {
        var a = new SyntheticScenario(Small);
        var b = new SyntheticScenario(Small with { Seed = 6 });

        Assert.NotEqual(Samples(a, 0, 10, 10), Samples(b, 0, 10, 10));
        Assert.NotEqual(a.Truth(600).Vehicles[0].EntrySeconds, b.Truth(600).Vehicles[0].EntrySeconds);
    }

    [Fact]
    public void Dead_channels_are_a_tenth_and_behave_as_the_truth_says()
    {
        var scenario = new SyntheticScenario(Small with { Scenario = "dead_channels", Channels = 60 });
        SyntheticTruth truth = scenario.Truth(60);
        using DasBlock block = scenario.Read(0, 3000);

        Assert.Equal(6, truth.DeadChannels.Count);
        foreach ((int channel, DeadChannelKind kind) in truth.DeadChannels)
        {
            double deviation = Math.Sqrt(Enumerable.Range(0, 3000).Average(r => Math.Pow(block.Row(r)[channel], 2)));
            switch (kind)
            {
                case DeadChannelKind.Flat:
                    Assert.Equal(0, deviation);
                    break;
                case DeadChannelKind.Uncoupled:
                    Assert.InRange(deviation, scenario.WhiteNoise, 4 * scenario.WhiteNoise);
                    break;
                default:
                    Assert.InRange(deviation, 15 * scenario.WhiteNoise, 80 * scenario.WhiteNoise);
                    break;
            }
        }
    }

    private static float[] Samples(SyntheticScenario scenario, long first, int rows, int blockRows)
    {
        var all = new List<float>();
        for (int r = 0; r < rows; r += blockRows)
        {
            using DasBlock block = scenario.Read(first + r, Math.Min(blockRows, rows - r));
            all.AddRange(block.Values);
        }

        return [.. all];
    }
}
