using Sensing.Das.Events;
using Sensing.Drones.Events;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Refinement;
using Sensing.Models;
using Sensing.TrafficCamera.Events;

namespace Sensing.CloudIngest;

/// <summary>The event families that this program knows: one argument a pipeline project.</summary>
public static class CloudCatalogue
{
    /// <summary>The models that this program trains again: one line a cloud-side project.</summary>
    public static IReadOnlyList<IModelTraining> Trainings() => [new ImpactRefinement()];

    public static EventCatalogue Create() => new(DasEvents.Family, TrafficEvents.Family, MarineEvents.Family, DroneEvents.Family);
}
