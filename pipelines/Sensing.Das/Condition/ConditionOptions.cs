using Sensing.Configuration;

namespace Sensing.Das;

/// <summary>Step 2: filters and their rates.</summary>
public sealed record ConditionOptions : ICheckedOptions
{
    [Option("Rows per second after decimation; the whole fraction of the sample rate at or above it is taken.", Min = 4, Max = 100)]
    public double RateHz { get; init; } = 25;

    [Option("Lower corner of the quasi-static band, Hz.", Above = 0, Max = 5)]
    public double LowHz { get; init; } = 0.2;

    [Option("Upper corner of the quasi-static band, Hz.", Above = 0, Max = 20)]
    public double HighHz { get; init; } = 3;

    [Option("Widths σ of the passage templates, s; each line is looked for in the one that fits its speed.", Min = 1, Max = 8)]
    public double[] TemplateSeconds { get; init; } = [0.15, 0.4, 1.0];

    [Option("Half length of the passage filter, s: it delays every event by as much.", Min = 0.5, Max = 10)]
    public double FilterSeconds { get; init; } = 2;

    [Option("Width of a vehicle's quasi-static signature along the fibre (σ), m: with the speed it chooses the template.", Min = 0.5, Max = 50)]
    public double SignatureM { get; init; } = 4;

    [Option("Distance from position to position, m: channels closer than this are averaged.", Min = 0.5, Max = 50)]
    public double PositionStepM { get; init; } = 5;

    [Option("Whether what all positions share at an instant (the instrument's own noise: their median) is taken out; from 40 positions on.")]
    public bool RemoveCommonMode { get; init; } = true;

    [Option("Lower corner of the vibration band, Hz.", Above = 0, Max = 100)]
    public double VibrationLowHz { get; init; } = 5;

    [Option("Upper corner of the vibration band, Hz.", Above = 0, Max = 200)]
    public double VibrationHighHz { get; init; } = 30;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (HighHz <= LowHz)
        {
            yield return new ConfigurationProblem("highHz", $"must be above lowHz ({LowHz})");
        }

        if (VibrationHighHz <= VibrationLowHz)
        {
            yield return new ConfigurationProblem("vibrationHighHz", $"must be above vibrationLowHz ({VibrationLowHz})");
        }

        if (TemplateSeconds.Any(s => s is < 0.02 or > 5))
        {
            yield return new ConfigurationProblem("templateSeconds", "must lie between 0.02 and 5 s");
        }
    }
}
