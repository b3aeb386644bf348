using Sensing.Effects;
using Sensing.Events;
using Sensing.Models;

namespace Sensing.Streams;

/// <summary>What a source or a pipeline is given besides its options.</summary>
/// <param name="Address">Site, node and stream, for the events it makes.</param>
/// <param name="Time">Clock for waiting and pacing; never for event time.</param>
/// <param name="BaseDirectory">Folder that relative paths in the configuration start from.</param>
public sealed record StreamContext(StreamAddress Address, TimeProvider Time, string BaseDirectory)
{
    /// <summary>Takes a pipeline's commands: work that it does not wait for.</summary>
    public IEffectExecutor Effects { get; init; } = NoEffects.Instance;

    /// <summary>The models that pipelines and handlers of effects may open.</summary>
    public IModelStore Models { get; init; } = NoModels.Instance;

    /// <summary>Events of the site's other streams.</summary>
    public ISiteEvents SiteEvents { get; init; } = NoSiteEvents.Instance;
}
