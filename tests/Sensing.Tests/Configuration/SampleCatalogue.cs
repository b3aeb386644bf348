using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Tests.Configuration;

internal static class SampleCatalogue
{
    public static StreamContext Context { get; } = new(new StreamAddress("a", "b", "c"), TimeProvider.System, ".");

    public static StreamCatalogue Create() => new StreamCatalogue()
        .AddSource<SampleReading, SampleSourceOptions>("file", "Reads a file.", (_, _) => throw new NotSupportedException())
        .AddSource<OtherReading, SampleSourceOptions>("other", "Reads something else.", (_, _) => throw new NotSupportedException())
        .AddPipeline<SampleReading, SamplePipelineOptions>("das", "Finds vehicles.", (_, _) => throw new NotSupportedException());

    internal sealed record SampleReading(DateTimeOffset Time, TimeSpan Duration) : ITimed;

    internal sealed record OtherReading(DateTimeOffset Time, TimeSpan Duration) : ITimed;
}
