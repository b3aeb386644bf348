using Sensing.Configuration;

namespace Sensing.TrafficCamera.Emergency;

/// <summary>How evidence for emergency vehicles is fused.</summary>
public sealed record EmergencyOptions : ICheckedOptions
{
    [Option("Share of vehicles that are emergency vehicles in operation, before anything is seen or heard.", Above = 0, Max = 0.5)]
    public double PriorShare { get; init; } = 0.0005;

    [Option("Share of emergency vehicles with lights that also sound a siren.", Min = 0.01, Max = 1)]
    public double SirenShare { get; init; } = 0.7;

    [Option("Share of the time in which a siren is heard that belongs to no vehicle of this approach.", Min = 0.0001, Max = 0.5)]
    public double ForeignSirenShare { get; init; } = 0.002;

    [Option("Time constant with which evidence fades once it is not observed any more, s; a light bar may be hidden behind a truck.", Min = 1, Max = 60)]
    public double MemorySeconds { get; init; } = 6;

    [Option("Confidence from which an emergency vehicle is reported.", Min = 0.5, Max = 0.999)]
    public double OnConfidence { get; init; } = 0.9;

    [Option("Confidence below which a reported one has ended; must be below onConfidence.", Min = 0.01, Max = 0.99)]
    public double OffConfidence { get; init; } = 0.4;

    [Option("Time without its vehicle after which a reported one has ended, s.", Min = 0.5, Max = 60)]
    public double LostSeconds { get; init; } = 3;

    [Option("Time between two reports of the same vehicle while it approaches, s.", Min = 0.25, Max = 60)]
    public double ReportSeconds { get; init; } = 1;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (OffConfidence >= OnConfidence)
        {
            yield return new ConfigurationProblem("offConfidence", $"must be below onConfidence ({OnConfidence})");
        }
    }
}
