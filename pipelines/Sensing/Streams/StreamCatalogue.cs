using Sensing.Configuration;

namespace Sensing.Streams;

/// <summary>Which sources and pipelines there are: adding one is one class and one line here.</summary>
/// <remarks>A source is chosen by its <c>type</c>, a pipeline by the key that holds its options.</remarks>
public sealed class StreamCatalogue : IComponentCatalogue
{
    public const string SourceKind = "source";
    public const string PipelineKind = "pipeline";

    private readonly Dictionary<(string Kind, string Type), ComponentDescription> _components = [];
    private readonly Dictionary<string, Delegate> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPipelineEntry> _pipelines = new(StringComparer.Ordinal);

    public IReadOnlyList<ComponentDescription> Of(string kind) =>
        [.. _components.Values.Where(c => c.Kind == kind).OrderBy(c => c.Type, StringComparer.Ordinal)];

    public ComponentDescription? Find(string kind, string type) => _components.GetValueOrDefault((kind, type));

    /// <summary>Registers a source under the <c>type</c> that configuration uses.</summary>
    public StreamCatalogue AddSource<TSample, TOptions>(
        string type, string summary, Func<TOptions, StreamContext, ISource<TSample>> open)
        where TSample : class, ITimed
        where TOptions : class, new()
    {
        _components.Add((SourceKind, type), new ComponentDescription(SourceKind, type, summary, typeof(TOptions), typeof(TSample)));
        _sources.Add(type, (Func<object, StreamContext, ISource<TSample>>)((options, context) => open((TOptions)options, context)));
        return this;
    }

    /// <summary>Registers a pipeline under the key that holds its options in a stream's configuration.</summary>
    public StreamCatalogue AddPipeline<TSample, TOptions>(
        string type, string summary, Func<TOptions, StreamContext, IPipeline<TSample>> create)
        where TSample : class, ITimed
        where TOptions : class, new()
    {
        _components.Add((PipelineKind, type), new ComponentDescription(PipelineKind, type, summary, typeof(TOptions), typeof(TSample)));
        _pipelines.Add(type, new PipelineEntry<TSample>((options, context) => create((TOptions)options, context)));
        return this;
    }

    /// <summary>Whether the source's samples are what the pipeline takes; if not, a sentence that says so.</summary>
    public string? Mismatch(string sourceType, string pipelineType)
    {
        ComponentDescription? source = Find(SourceKind, sourceType);
        ComponentDescription? pipeline = Find(PipelineKind, pipelineType);
        if (source is null || pipeline is null || source.SampleType == pipeline.SampleType)
        {
            return null;
        }

        string fitting = string.Join(", ", Of(SourceKind).Where(s => s.SampleType == pipeline.SampleType).Select(s => s.Type));
        return $"a '{sourceType}' source does not yield what the '{pipelineType}' pipeline takes (sources that do: {fitting})";
    }

    /// <summary>Hands a stream, with its sample type, to <paramref name="visitor"/>.</summary>
    /// <exception cref="ArgumentException">Unknown types, or a <see cref="Mismatch"/>.</exception>
    public TResult Visit<TResult>(
        ComponentChoice source, ComponentChoice pipeline, StreamContext context, IStreamVisitor<TResult> visitor) =>
        Mismatch(source.Type, pipeline.Type) is { } mismatch
            ? throw new ArgumentException(mismatch)
            : _pipelines.TryGetValue(pipeline.Type, out IPipelineEntry? entry) && _sources.TryGetValue(source.Type, out Delegate? open)
                ? entry.Visit(open, source.Options, pipeline.Options, context, visitor)
                : throw new ArgumentException($"No source '{source.Type}' or no pipeline '{pipeline.Type}'.");

    private interface IPipelineEntry
    {
        TResult Visit<TResult>(
            Delegate open, object sourceOptions, object pipelineOptions, StreamContext context, IStreamVisitor<TResult> visitor);
    }

    private sealed class PipelineEntry<TSample>(Func<object, StreamContext, IPipeline<TSample>> create) : IPipelineEntry
        where TSample : class, ITimed
    {
        public TResult Visit<TResult>(
            Delegate open, object sourceOptions, object pipelineOptions, StreamContext context, IStreamVisitor<TResult> visitor)
        {
            var openSource = (Func<object, StreamContext, ISource<TSample>>)open;
            return visitor.Visit(() => openSource(sourceOptions, context), () => create(pipelineOptions, context), context);
        }
    }
}
