using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.EdgeNode.Configuration;

/// <summary>One stream: a source and the pipeline it feeds.</summary>
public sealed record StreamOptions
{
    [Option("Name, unique in the node; part of topics and ids. 'node' is reserved for the node itself.", Required = true,
        Pattern = "[a-z0-9][a-z0-9-]{0,63}", PatternMeaning = "1 to 64 of a-z, 0-9 and '-', not '-' first", Example = "\"fibre-a6\"")]
    public string Name { get; init; } = "";

    [Component(StreamCatalogue.SourceKind, "Where the samples come from.")]
    public ComponentChoice? Source { get; init; }

    [Component(StreamCatalogue.PipelineKind, "What is made of them: the key names the pipeline, the object holds its options.", ByKey = true)]
    public ComponentChoice? Pipeline { get; init; }

    [Option("How fast a recording is read: max, realtime, or a multiple of real time such as 10x. A live source sets its own pace.",
        Pattern = "max|realtime|[0-9]+([.][0-9]+)?x", PatternMeaning = "max, realtime, or a multiple such as 10x")]
    public string Pace { get; init; } = "max";

    [Option("Blocks that may wait between source and pipeline. When full, a recording waits; a live source drops the oldest block and counts it.", Min = 1, Max = 10_000)]
    public int QueueBlocks { get; init; } = 4;

    [Option("Longest gap in a paced recording that is replayed as a pause, s; longer ones are skipped.", Min = 0, Max = 86_400)]
    public double MaxGapSeconds { get; init; } = 10;

    [Option("Long work of the pipeline that it does not wait for.")]
    public EffectOptions Effects { get; init; } = new();
}
