using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Longer times of one change of phases.</summary>
public sealed record ClearanceOptions
{
    [Option("Phase that ends.", Required = true, Min = 1, Max = 100)]
    public string From { get; init; } = "";

    [Option("Phase that follows.", Required = true, Min = 1, Max = 100)]
    public string To { get; init; } = "";

    [Option("Yellow of this change, s; at least the junction's yellowSeconds.", Min = 1, Max = 10)]
    public double YellowSeconds { get; init; } = 3;

    [Option("All-red of this change, s; at least the junction's allRedSeconds.", Min = 1, Max = 60)]
    public double AllRedSeconds { get; init; } = 1;
}
