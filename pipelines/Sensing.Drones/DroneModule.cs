using System.CommandLine;
using Sensing.Drones.Commands;
using Sensing.Drones.Events;
using Sensing.Drones.Live;
using Sensing.Drones.Sources;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Drones;

/// <summary>The drones' tasks by deadline as a module.</summary>
public sealed class DroneModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "drone";

    public string Name => Key;

    public EventFamily Events => DroneEvents.Family;

    public void Register(StreamCatalogue streams) => streams
        .AddSource<DroneSegment, SegmentSourceOptions>(
            "segments", "Video segments of drones, from pictures and videos.",
            (options, context) => new SegmentSource(options, context))
        .AddPipeline<DroneSegment, DroneOptions>(
            Key, "DNN tasks on drones' video segments by deadline, on the edge and in the cloud.",
            (options, context) => new DronePipeline(options, context),
            DroneTaskEffect.Handlers);

    public IEnumerable<Command> CreateCommands(ModuleCatalogue modules, TimeProvider time)
    {
        yield return new Command("drone", "Commands of the drones' tasks.")
        {
            ImportModelsCommand.Create(),
        };
    }
}
