using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

public static class NumberCatalogue
{
    public static StreamCatalogue Create() => new StreamCatalogue()
        .AddSource<NumberBlock, NumberSourceOptions>("numbers", "The numbers 0, 1, 2, … as a recording.", (options, context) => new NumberSource(options, context.Time))
        .AddPipeline<NumberBlock, NumberPipelineOptions>("sum", "Their running sum.", (options, context) => new NumberPipeline(options, context));
}
