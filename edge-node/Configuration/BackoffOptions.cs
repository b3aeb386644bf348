using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Waiting between tries: doubles from the first to the longest wait, each shortened by up to a half at random.</summary>
public sealed record BackoffOptions : ICheckedOptions
{
    [Option("First wait, s.", Above = 0, Max = 3600)]
    public double InitialSeconds { get; init; } = 0.5;

    [Option("Longest wait, s.", Above = 0, Max = 86_400)]
    public double MaxSeconds { get; init; } = 60;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (MaxSeconds < InitialSeconds)
        {
            yield return new ConfigurationProblem("maxSeconds", $"must not be below initialSeconds ({InitialSeconds:R})");
        }
    }
}
