using Sensing.Das;
using Sensing.Streams;

namespace Sensing.EdgeNode;

/// <summary>The sources and pipelines that this program brings: one line a pipeline project.</summary>
public static class NodeCatalogue
{
    public static StreamCatalogue Create() => DasStreams.AddTo(new StreamCatalogue());
}
