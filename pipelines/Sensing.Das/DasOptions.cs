using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>The fibre traffic chain: what the road, the fibre and the vehicles are like.</summary>
public sealed record DasOptions : ICheckedOptions, IFileOptions, IPresetOptions
{
    [Option("Kind of road whose values are the defaults: street, highway or signal. Each value that is given goes over them.",
        Pattern = "street|highway|signal", PatternMeaning = "one of street, highway, signal", Example = "\"street\"")]
    public string? Preset { get; init; }

    [Option("Begin of the section along the fibre, m (default: the first channel).")]
    public double? FromM { get; init; }

    [Option("End of the section along the fibre, m (default: the last channel).")]
    public double? ToM { get; init; }

    [Option("Distance at which passages are timed and counted, m (default: the middle of the section).")]
    public double? ReferenceM { get; init; }

    [Option("Slowest vehicle, km/h.", Min = 5, Max = 300)]
    public double MinSpeedKmh { get; init; } = 10;

    [Option("Fastest vehicle, km/h.", Min = 10, Max = 400)]
    public double MaxSpeedKmh { get; init; } = 140;

    [Option("Directions in which vehicles pass.")]
    public Directions Directions { get; init; } = Directions.Both;

    [Option("Channels that are set aside, in ranges: bridges' joints, slack loops, channels under another road.", Max = 1000)]
    public ChannelRange[] MaskedChannels { get; init; } = [];

    [Option("How the fibre's samples are conditioned.")]
    public ConditionOptions Condition { get; init; } = new();

    [Option("How lines are found and told apart.")]
    public DetectOptions Detect { get; init; } = new();

    [Option("How lines become tracks.")]
    public TrackOptions Track { get; init; } = new();

    [Option("How vehicles are classified.")]
    public ClassOptions Classes { get; init; } = new();

    [Option("What is reported besides vehicles.")]
    public ReportOptions Report { get; init; } = new();

    [Option("File with the site's calibration (channel delays, class mixture), as edge-node das calibrate writes it; relative to the configuration's folder.")]
    public string? CalibrationFile { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigurationProblem> CheckFiles(string baseDirectory)
    {
        ConfigurationProblem? problem = null;
        try
        {
            SiteCalibration.Load(this, baseDirectory);
        }
        catch (InvalidDataException error)
        {
            problem = new ConfigurationProblem("calibrationFile", error.Message);
        }

        return problem is null ? [] : [problem];
    }

    // Explicit: what a stream was configured with is written out property by property, and this is no part of it.
    IReadOnlyDictionary<string, object> IPresetOptions.Presets => Named;

    /// <summary>A street with vehicles at 30 to 110 km/h, dense traffic, channels that lie uneven: as the recording from Poznań shows.</summary>
    public static DasOptions Street { get; } = new()
    {
        Preset = "street",
        MinSpeedKmh = 32,
        MaxSpeedKmh = 119,
        Condition = new ConditionOptions { LowHz = 0.3, HighHz = 2, TemplateSeconds = [0.25], RemoveCommonMode = false },
        Detect = new DetectOptions
        {
            LearnDelays = true,
            Threshold = 0.7,
            LookaheadSeconds = 2,
            ShoulderSmall = 0.25,
            ShoulderSmallSeconds = 1.8,
            ShoulderLarge = 0.45,
            ShoulderLargeSeconds = 2.5,
        },
    };

    /// <summary>A highway or a bridge: free flow in both directions, even coupling.</summary>
    public static DasOptions Highway { get; } = new() { Preset = "highway" };

    /// <summary>A road with a signal: vehicles brake, queue and start, so lines are straight over short stretches alone.</summary>
    public static DasOptions Signal { get; } = Highway with
    {
        Preset = "signal",
        MinSpeedKmh = 8,
        MaxSpeedKmh = 110,
        Detect = Highway.Detect with { ApertureM = 50 },
    };

    private static IReadOnlyDictionary<string, object> Named { get; } =
        new[] { Highway, Street, Signal }.ToDictionary(o => o.Preset!, object (o) => o);

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (MaxSpeedKmh <= MinSpeedKmh)
        {
            yield return new ConfigurationProblem("maxSpeedKmh", $"must be above minSpeedKmh ({MinSpeedKmh})");
        }

        if (FromM is { } from && ToM is { } to && to - from < Detect.ApertureM / 2)
        {
            yield return new ConfigurationProblem("toM", $"must be at least half an aperture ({Detect.ApertureM / 2} m) above fromM ({from})");
        }
    }
}
