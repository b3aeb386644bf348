using Sensing.Configuration;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>How flashing light bars are found.</summary>
public sealed record LightBarOptions : ICheckedOptions
{
    [Option("Seconds of each vehicle's past that are searched for flashes; fewer find a light bar earlier, more find it in fewer frames a second.",
        Min = 1.5, Max = 6)]
    public double WindowSeconds { get; init; } = 4;

    [Option("Natural logarithm of the likelihood ratio from which a light bar is reported.", Min = 0.5, Max = 50)]
    public double OnLogLikelihoodRatio { get; init; } = 2.5;

    [Option("The same below which a reported light bar has ended; must be below onLogLikelihoodRatio.", Min = -2, Max = 50)]
    public double OffLogLikelihoodRatio { get; init; } = -1;

    [Option("Vehicles that are watched at a time; more are not searched.", Min = 1, Max = 1000)]
    public int MaxVehicles { get; init; } = 64;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (OffLogLikelihoodRatio >= OnLogLikelihoodRatio)
        {
            yield return new ConfigurationProblem("offLogLikelihoodRatio", $"must be below onLogLikelihoodRatio ({OnLogLikelihoodRatio})");
        }
    }
}
