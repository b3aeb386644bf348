using Sensing.Configuration;

namespace Sensing.Drones.Sources;

/// <summary>One drone's segments.</summary>
public sealed record DroneFeedOptions
{
    [Option("Name of the drone.", Required = true, Min = 1, Max = 64, Example = "\"north\"")]
    public string Name { get; init; } = "";

    [Option("Pictures and videos, one segment each, in this order; relative ones start at the configuration's folder. A name may hold * and ?; the files that it fits are taken in order of their names, numbers in them by their value. Of a video its first frame is looked at.",
        Required = true, Min = 1, Example = "[\"segments/*.mp4\"]")]
    public string[] Files { get; init; } = [];
}
