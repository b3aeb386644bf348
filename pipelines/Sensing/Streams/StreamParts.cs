using Sensing.Effects;

namespace Sensing.Streams;

/// <summary>What a stream is made of, ready to be opened.</summary>
/// <param name="OpenSource">Opens the source.</param>
/// <param name="CreatePipeline">Makes the pipeline, whose commands go to the executor.</param>
/// <param name="CreateHandlers">Makes the handlers of the pipeline's effects, for one run.</param>
/// <param name="Context">Address, clock, folder, models.</param>
public sealed record StreamParts<TSample>(
    Func<ISource<TSample>> OpenSource,
    Func<IEffectExecutor, IPipeline<TSample>> CreatePipeline,
    Func<EffectHandlers> CreateHandlers,
    StreamContext Context)
    where TSample : class, ITimed;
