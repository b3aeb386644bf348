using Sensing.Configuration;

namespace Sensing.TrafficCamera.Snapshots;

/// <summary>Pictures as events.</summary>
public sealed record SnapshotOptions
{
    [Option("Time between two pictures, s.", Min = 1, Max = 3600)]
    public double EverySeconds { get; init; } = 10;

    [Option("Makes whatever moves unrecognisable: plates and faces cannot be read. False: the picture as it is. Check what the law requires first.")]
    public bool Blur { get; init; } = true;

    [Option("Draws lanes, lines and vehicles into the picture.")]
    public bool Annotate { get; init; } = true;

    [Option("Quality of the JPEG, percent.", Min = 10, Max = 100)]
    public int JpegQuality { get; init; } = 75;
}
