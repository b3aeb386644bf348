using Sensing.Das.Events;
using Sensing.Drones.Events;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.TrafficCamera.Events;

namespace Sensing.CloudIngest;

/// <summary>The event families that this program knows: one argument a pipeline project.</summary>
public static class CloudCatalogue
{
    public static EventCatalogue Create() => new(DasEvents.Family, TrafficEvents.Family, MarineEvents.Family, DroneEvents.Family);
}
