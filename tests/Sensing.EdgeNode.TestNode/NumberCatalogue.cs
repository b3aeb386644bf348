using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.EdgeNode.TestNode;

public static class NumberCatalogue
{
    /// <summary>The module, for commands.</summary>
    public static ModuleCatalogue Modules() => new(new NumberModule());

    /// <summary>Its streams alone.</summary>
    public static StreamCatalogue Create() => AddTo(new StreamCatalogue());

    internal static StreamCatalogue AddTo(StreamCatalogue streams) => streams
        .AddSource<NumberBlock, NumberSourceOptions>("numbers", "The numbers 0, 1, 2, … as a recording.", (options, context) => new NumberSource(options, context.Time))
        .AddPipeline<NumberBlock, NumberPipelineOptions>("sum", "Their running sum.", (options, context) => new NumberPipeline(options, context));
}
