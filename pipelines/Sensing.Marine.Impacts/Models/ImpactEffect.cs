using Sensing.Effects;
using Sensing.Models;

namespace Sensing.Marine.Impacts.Models;

/// <summary>Runs the classifiers for a stream: the work that the pipeline does not wait for.</summary>
internal static class ImpactEffect
{
    public static Effect<ImpactRequest, ImpactAnswer> Effect { get; } = new("marine.impact", ImpactJson.Default.ImpactAnswer);

    /// <exception cref="ModelException">The store does not have the model, or it cannot be run on this machine.</exception>
    public static EffectHandlers Handlers(ImpactOptions options, IModelStore models)
    {
        var lifecycle = new ModelLifecycle(options, models);
        return new EffectHandlers { MaxPending = 1 }.Add(Effect, (request, _) => Task.FromResult(lifecycle.Answer(request)), owner: lifecycle);
    }
}
