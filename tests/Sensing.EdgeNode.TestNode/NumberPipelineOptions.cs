using Sensing.Configuration;

namespace Sensing.EdgeNode.TestNode;

public sealed record NumberPipelineOptions
{
    [Option("An event for each run of so many numbers, with their sum since the start.", Min = 1)]
    public int Every { get; init; } = 1;

    [Option("Text added to each event, characters.", Min = 0, Max = 1_000_000)]
    public int Padding { get; init; }
}
