using Sensing.Configuration;
using Sensing.Effects;

namespace Sensing.Streams;

/// <summary>Which sources and pipelines there are. Modules register theirs.</summary>
/// <remarks>A pipeline is chosen by the key that holds its options, a source by its <c>type</c> among those that yield the
/// pipeline's samples: every pipeline may have a <c>synthetic</c> or a <c>directory</c>.</remarks>
public sealed class StreamCatalogue : IComponentCatalogue
{
    public const string SourceKind = "source";
    public const string PipelineKind = "pipeline";

    private readonly List<ComponentDescription> _components = [];
    private readonly Dictionary<(string Type, Type Sample), Delegate> _sources = [];
    private readonly Dictionary<string, IPipelineEntry> _pipelines = new(StringComparer.Ordinal);

    public IReadOnlyList<ComponentDescription> Of(string kind) =>
        [.. _components.Where(c => c.Kind == kind).OrderBy(c => c.Type, StringComparer.Ordinal)];

    /// <summary>Registers a source under the <c>type</c> that configuration uses.</summary>
    /// <exception cref="ArgumentException">There is one of this type and sample type already.</exception>
    public StreamCatalogue AddSource<TSample, TOptions>(
        string type, string summary, Func<TOptions, StreamContext, ISource<TSample>> open)
        where TSample : class, ITimed
        where TOptions : class, new()
    {
        _sources.Add((type, typeof(TSample)), (Func<object, StreamContext, ISource<TSample>>)((options, context) => open((TOptions)options, context)));
        _components.Add(new ComponentDescription(SourceKind, type, summary, typeof(TOptions), typeof(TSample)));
        return this;
    }

    /// <summary>Registers a pipeline under the key that holds its options in a stream's configuration.</summary>
    /// <param name="type">The key.</param>
    /// <param name="summary">One sentence for the reference.</param>
    /// <param name="create">Makes the pipeline; its commands go to <see cref="StreamContext.Effects"/>.</param>
    /// <param name="handlers">Makes the handlers of its effects; null: it has none.</param>
    /// <exception cref="ArgumentException">There is one of this type already.</exception>
    public StreamCatalogue AddPipeline<TSample, TOptions>(
        string type, string summary, Func<TOptions, StreamContext, IPipeline<TSample>> create,
        Func<TOptions, StreamContext, EffectHandlers>? handlers = null)
        where TSample : class, ITimed
        where TOptions : class, new()
    {
        _pipelines.Add(type, new PipelineEntry<TSample>(
            (options, context) => create((TOptions)options, context),
            (options, context) => handlers?.Invoke((TOptions)options, context) ?? EffectHandlers.None));
        _components.Add(new ComponentDescription(PipelineKind, type, summary, typeof(TOptions), typeof(TSample)));
        return this;
    }

    /// <summary>The pipeline under a key; null where there is none.</summary>
    public ComponentDescription? FindPipeline(string type) => _components.Find(c => c.Kind == PipelineKind && c.Type == type);

    /// <summary>The sources that yield what a pipeline takes, in the order of their words.</summary>
    public IReadOnlyList<ComponentDescription> SourcesFor(ComponentDescription pipeline) =>
        [.. Of(SourceKind).Where(source => source.SampleType == pipeline.SampleType)];

    /// <summary>Whether a source of this type yields what the pipeline takes; if not, a sentence that says so.</summary>
    public string? Mismatch(string sourceType, string pipelineType)
    {
        if (FindPipeline(pipelineType) is not { } pipeline
            || !_components.Exists(c => c.Kind == SourceKind && c.Type == sourceType)
            || _sources.ContainsKey((sourceType, pipeline.SampleType)))
        {
            return null;
        }

        string fitting = string.Join(", ", SourcesFor(pipeline).Select(source => source.Type));
        return $"a '{sourceType}' source does not yield what the '{pipelineType}' pipeline takes (sources that do: {fitting})";
    }

    /// <summary>Hands a stream, with its sample type, to <paramref name="visitor"/>.</summary>
    /// <exception cref="ArgumentException">Unknown types, or a <see cref="Mismatch"/>.</exception>
    public TResult Visit<TResult>(
        ComponentChoice source, ComponentChoice pipeline, StreamContext context, IStreamVisitor<TResult> visitor) =>
        Mismatch(source.Type, pipeline.Type) is { } mismatch
            ? throw new ArgumentException(mismatch)
            : _pipelines.TryGetValue(pipeline.Type, out IPipelineEntry? entry) && _sources.TryGetValue((source.Type, entry.SampleType), out Delegate? open)
                ? entry.Visit(open, source.Options, pipeline.Options, context, visitor)
                : throw new ArgumentException($"Unknown source '{source.Type}' or pipeline '{pipeline.Type}'.");

    private interface IPipelineEntry
    {
        Type SampleType { get; }

        TResult Visit<TResult>(
            Delegate open, object sourceOptions, object pipelineOptions, StreamContext context, IStreamVisitor<TResult> visitor);
    }

    private sealed class PipelineEntry<TSample>(
        Func<object, StreamContext, IPipeline<TSample>> create, Func<object, StreamContext, EffectHandlers> handlers) : IPipelineEntry
        where TSample : class, ITimed
    {
        public Type SampleType => typeof(TSample);

        public TResult Visit<TResult>(
            Delegate open, object sourceOptions, object pipelineOptions, StreamContext context, IStreamVisitor<TResult> visitor)
        {
            var openSource = (Func<object, StreamContext, ISource<TSample>>)open;
            return visitor.Visit(new StreamParts<TSample>(
                () => openSource(sourceOptions, context),
                effects => create(pipelineOptions, context with { Effects = effects }),
                () => handlers(pipelineOptions, context),
                context));
        }
    }
}
