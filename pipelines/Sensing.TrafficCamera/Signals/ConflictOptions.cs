using Sensing.Configuration;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Two groups whose paths cross or merge.</summary>
public sealed record ConflictOptions
{
    [Option("One group.", Required = true, Min = 1, Max = 100)]
    public string First { get; init; } = "";

    [Option("The other group.", Required = true, Min = 1, Max = 100)]
    public string Second { get; init; } = "";

    [Option("Whether one of them may have a permissive green while the other is green.")]
    public bool MayYield { get; init; }
}
