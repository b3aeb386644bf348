using Sensing.Effects;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Testing.Conformance;

/// <summary>A pipeline with an input that makes it report something.</summary>
public sealed record PipelineUnderTest<TSample>
    where TSample : class, ITimed
{
    /// <summary>Makes the pipeline; its commands go to the context's executor.</summary>
    public required Func<StreamContext, IPipeline<TSample>> Create { get; init; }

    /// <summary>Makes the handlers of its effects (default: none).</summary>
    public Func<EffectHandlers> Handlers { get; init; } = () => EffectHandlers.None;

    /// <summary>The family of its events.</summary>
    public required EventFamily Events { get; init; }

    /// <summary>Units of the input, the smallest parts that it can be cut into: rows, readings, frames.</summary>
    public required int Units { get; init; }

    /// <summary>New samples with so many units from the first one on: one block, or one sample a unit. Disposed by the suite.</summary>
    public required Func<int, int, IEnumerable<TSample>> Read { get; init; }

    /// <summary>Runs of each property (default: 8).</summary>
    public int Iterations { get; init; } = 8;
}
