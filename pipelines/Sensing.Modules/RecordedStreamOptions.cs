using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.Modules;

/// <summary>A source and the pipeline that it feeds, without what a node adds.</summary>
public sealed record RecordedStreamOptions
{
    [Component(StreamCatalogue.SourceKind, "Where the samples come from.")]
    public ComponentChoice? Source { get; init; }

    [Component(StreamCatalogue.PipelineKind, "What is made of them: the key names the pipeline, the object holds its options.", ByKey = true)]
    public ComponentChoice? Pipeline { get; init; }
}
