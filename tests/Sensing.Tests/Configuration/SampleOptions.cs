using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.Tests.Configuration;

/// <summary>Options of a made-up node: every kind of value that options can have.</summary>
public sealed record SampleOptions
{
    [Option("Name of the site.", Required = true, Pattern = "[a-z]+", PatternMeaning = "lower-case letters")]
    public string Site { get; init; } = "";

    [Option("Port.", Min = 1, Max = 65535)]
    public int Port { get; init; } = 1883;

    [Option("Nested.")]
    public SampleLimits Limits { get; init; } = new();

    [Option("Streams.", Min = 1)]
    public SampleStream[] Streams { get; init; } = [];
}

public sealed record SampleLimits : ICheckedOptions
{
    [Option("Slowest, km/h.", Above = 0)]
    public double MinSpeedKmh { get; init; } = 10;

    [Option("Fastest, km/h.")]
    public double MaxSpeedKmh { get; init; } = 140;

    [Option("Mode.")]
    public SampleMode Mode { get; init; } = SampleMode.DropOldest;

    [Option("May be absent.")]
    public long? Bytes { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (MaxSpeedKmh <= MinSpeedKmh)
        {
            yield return new ConfigurationProblem("maxSpeedKmh", $"must be above minSpeedKmh ({MinSpeedKmh})");
        }
    }
}

public enum SampleMode
{
    Block,
    DropOldest,
}

public sealed record SampleStream
{
    [Option("Name.", Required = true)]
    public string Name { get; init; } = "";

    [Component(StreamCatalogue.SourceKind, "Where samples come from.")]
    public ComponentChoice? Source { get; init; }

    [Component(StreamCatalogue.PipelineKind, "What is made of them.", ByKey = true)]
    public ComponentChoice? Pipeline { get; init; }
}

public sealed record SampleSourceOptions
{
    [Option("File.", Required = true)]
    public string Path { get; init; } = "";

    [Option("Channels to leave out.")]
    public int[] Masked { get; init; } = [];
}

public sealed record SamplePipelineOptions
{
    [Option("Limits.")]
    public SampleLimits Speed { get; init; } = new();
}
