using Sensing.Configuration;

namespace Sensing.Das.Synthetic;

/// <summary>A fibre recording that the program makes up, with known truth.</summary>
public record SyntheticOptions : ICheckedOptions
{
    [Option("Traffic: free_flow, opposing, platoon, stop_go, dead_channels, mixed, or quiet (no vehicle).",
        Pattern = "free_flow|opposing|platoon|stop_go|dead_channels|mixed|quiet",
        PatternMeaning = "one of free_flow, opposing, platoon, stop_go, dead_channels, mixed, quiet")]
    public string Scenario { get; init; } = "mixed";

    [Option("Seed: the same seed and options make the same samples, to the bit.")]
    public long Seed { get; init; } = 1;

    [Option("Channels.", Min = 2, Max = 100_000)]
    public int Channels { get; init; } = 100;

    [Option("Distance from channel to channel, m.", Min = 0.1, Max = 50)]
    public double ChannelStepM { get; init; } = 5;

    [Option("Distance along the fibre of the first channel, m.")]
    public double FirstChannelM { get; init; }

    [Option("Gauge length, m.", Min = 0.5, Max = 100)]
    public double GaugeLengthM { get; init; } = 10;

    [Option("Samples per second and channel. Vibration above 0.4 of it is left out, as an anti-alias filter would.", Min = 10, Max = 20_000)]
    public double SampleRateHz { get; init; } = 100;

    [Option("Ratio of a 1,500 kg car on the nearest lane to a channel's own noise, both within 0.1–1 Hz and ±1.5 s around the passage, dB.", Min = -40, Max = 80)]
    public double SnrDb { get; init; } = 6;

    [Option("Depth of the fibre under the road, m.", Min = 0.1, Max = 10)]
    public double DepthM { get; init; } = 0.8;

    [Option("Share of rail vehicles (trams) among the vehicles of every lane.", Min = 0, Max = 0.5)]
    public double RailShare { get; init; }

    [Option("Factor on the scenario's number of vehicles per hour.", Min = 0.05, Max = 10)]
    public double FlowFactor { get; init; } = 1;

    public DasGeometry Geometry => new(Channels, 1 / SampleRateHz, ChannelStepM, FirstChannelM, GaugeLengthM);

    /// <summary>1,000 channels of 1 m at 1 kHz: the size that the throughput figures speak of.</summary>
    public static SyntheticOptions Full { get; } = new() { Channels = 1000, ChannelStepM = 1, SampleRateHz = 1000 };

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Channels * ChannelStepM < 50)
        {
            yield return new ConfigurationProblem("channels",
                $"× channelStepM must cover at least 50 m, not {Channels * ChannelStepM:0.#} m: a vehicle's signature is about 20 m long");
        }
    }
}
