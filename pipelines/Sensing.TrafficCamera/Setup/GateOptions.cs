using Sensing.Configuration;

namespace Sensing.TrafficCamera.Setup;

/// <summary>A line through which vehicles enter or leave what the camera sees: movements are counted from gate to
/// gate.</summary>
public sealed record GateOptions
{
    [Option("Name of the gate in turn counts, e.g. \"north\".", Required = true, Min = 1, Max = 40)]
    public string Name { get; init; } = "";

    [Option("Whether vehicles that begin at this gate are counted as coming from it.")]
    public bool Entry { get; init; } = true;

    [Option("Whether vehicles that end at this gate are counted as leaving through it.")]
    public bool Exit { get; init; } = true;

    [Option("The line, camera pixels.", Required = true)]
    public LineOptions Line { get; init; } = new();
}
