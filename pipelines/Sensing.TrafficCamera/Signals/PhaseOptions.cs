using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Groups that are green together.</summary>
public sealed record PhaseOptions
{
    [Option("Name of the phase.", Required = true, Min = 1, Max = 100)]
    public string Name { get; init; } = "";

    [Option("Groups with a protected green.", Max = 32)]
    public string[] Green { get; init; } = [];

    [Option("Groups with a green that yields, e.g. left turns beside opposing traffic.", Max = 32)]
    public string[] Permissive { get; init; } = [];

    [Option("Shortest green, s. No rule and no emergency vehicle shortens it.", Min = 1, Max = 120)]
    public double MinGreenSeconds { get; init; } = 5;

    [Option("Longest green while others wait, s. Pre-emption may exceed it.", Min = 2, Max = 600)]
    public double MaxGreenSeconds { get; init; } = 60;
}
