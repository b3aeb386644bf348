using Sensing.Das;
using Sensing.Drones;
using Sensing.Marine;
using Sensing.Marine.Impacts;
using Sensing.Modules;
using Sensing.TrafficCamera;

namespace Sensing.EdgeNode;

/// <summary>The pipelines that this program brings: one line a module.</summary>
public static class NodeCatalogue
{
    public static ModuleCatalogue Create() => new(
        new DasModule(),
        new TrafficModule(),
        new JunctionModule(),
        new MarineModule(),
        new ImpactModule(),
        new DroneModule());
}
