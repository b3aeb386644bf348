using Sensing.Configuration;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>How a siren is decided on.</summary>
public sealed record SirenOptions : ICheckedOptions
{
    [Option("Probability from which a siren is reported.", Min = 0.5, Max = 0.9999)]
    public double OnProbability { get; init; } = 0.7;

    [Option("Probability below which a reported siren has ended; must be below onProbability.", Min = 0.01, Max = 0.99)]
    public double OffProbability { get; init; } = 0.3;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (OffProbability >= OnProbability)
        {
            yield return new ConfigurationProblem("offProbability", $"must be below onProbability ({OnProbability})");
        }
    }
}
