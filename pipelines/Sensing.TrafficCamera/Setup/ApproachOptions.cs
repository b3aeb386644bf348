using Sensing.Configuration;

namespace Sensing.TrafficCamera.Setup;

/// <summary>One carriageway that a camera sees.</summary>
public sealed record ApproachOptions : ICheckedOptions
{
    [Option("Name of the approach in events and on pages.", Required = true, Min = 1, Max = 40, Example = "\"north\"")]
    public string Name { get; init; } = "";

    [Option("The visible carriageway, camera pixels: near left, near right, far right, far left corner. Left and right are those of a person who looks along the road, away from the near end.",
        Required = true, Min = 4, Max = 4)]
    public PixelPoint[] Polygon { get; init; } = [];

    [Option("Width of the carriageway between its edges, m.", Required = true, Min = 2, Max = 60)]
    public double WidthM { get; init; }

    [Option("Length of the carriageway between the polygon's near and far end, m.", Required = true, Min = 4, Max = 500)]
    public double LengthM { get; init; }

    [Option("Number of lanes, numbered from 1 at the left edge.", Required = true, Min = 1, Max = 12)]
    public int Lanes { get; init; } = 1;

    [Option("Which way vehicles drive: toward (from the far end to the near end), away or both.")]
    public TrafficDirection Direction { get; init; } = TrafficDirection.Toward;

    [Option("Side of the road on which vehicles drive: right or left. Only used where direction is both.")]
    public RoadSide DrivesOn { get; init; } = RoadSide.Right;

    [Option("Line at which vehicles are counted, camera pixels, from edge to edge of the carriageway.", Required = true)]
    public LineOptions CountingLine { get; init; } = new();

    [Option("Stop line, camera pixels: queues are measured from it (default: from the end toward which vehicles drive).")]
    public LineOptions? StopLine { get; init; }

    [Option("Speed limit, km/h: free speed for the level and the level of service.", Min = 5, Max = 200)]
    public double SpeedLimitKmh { get; init; } = 50;

    [Option("Gates for turn counts: where vehicles enter and leave what the camera sees; empty: no turn counts.", Max = 12)]
    public GateOptions[] Gates { get; init; } = [];

    public IEnumerable<ConfigurationProblem> Check() => ApproachCheck.OfShape(this);
}
