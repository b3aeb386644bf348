using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

/// <summary>Numbers and their sum: a pipeline that tests can reckon with. Its events are notices.</summary>
public sealed class NumberModule : IPipelineModule
{
    public string Name => "sum";

    public EventFamily Events { get; } = new("sum", "Sums", new EventType<StreamNotice>(
        "sensing.sum.total.v1", "Total", EventPriority.Fact, "Unused: the sums are notices of the node.", NodeEventJson.Default.StreamNotice));

    public void Register(StreamCatalogue streams) => NumberCatalogue.AddTo(streams);
}
