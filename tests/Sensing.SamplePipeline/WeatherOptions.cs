using Sensing.Configuration;

namespace Sensing.SamplePipeline;

/// <summary>The weather pipeline.</summary>
public sealed record WeatherOptions
{
    [Option("Period that a reading event sums up, s.", Min = 1, Max = 3600)]
    public double SummarySeconds { get; init; } = 60;

    [Option("Period of the mean wind that a gust is compared with, s.", Min = 10, Max = 3600)]
    public double MeanWindSeconds { get; init; } = 600;

    [Option("A gust begins where the wind exceeds its mean by this, m/s, and ends below half of it.", Above = 0, Max = 50)]
    public double GustAboveMeanMs { get; init; } = 5;

    [Option("Model that predicts how strong the next gust becomes; without it gusts carry no outlook.", Example = "\"gust-outlook\"")]
    public string? OutlookModel { get; init; }
}
