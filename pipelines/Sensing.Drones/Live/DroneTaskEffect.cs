using Sensing.Drones.Cloud;
using Sensing.Effects;
using Sensing.Models;
using Sensing.Scheduling.Policies;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Drones.Live;

/// <summary>Runs tasks by deadline on edge and cloud: the long work that the pipeline does not wait for.</summary>
internal static class DroneTaskEffect
{
    /// <summary>Runs of each variant at the start.</summary>
    private const int WarmUpRuns = 8;

    /// <summary>More tasks than an edge can have open: what limits them is their deadlines.</summary>
    private const int MostOpen = 4096;

    public static Effect<TaskRequest, TaskResult> Effect { get; } = new("drone.task", DroneLiveJson.Default.TaskResult);

    /// <summary>Handlers of the pipeline's effects: the models, the scheduler, the cloud.</summary>
    /// <exception cref="ModelException">The store lacks a model, or it cannot be used.</exception>
    public static EffectHandlers Handlers(DroneOptions options, StreamContext context)
    {
        DroneModelSet models = DroneModelSet.Read(context.Models, options.Detectors, options.Poses, options.Face);
        var engine = new DroneModels(models, options.Camera, options.ShareInference, options.Threads);
        var profile = new EdgeProfile();
        using (Frame blank = Frame.Rent(640, 360, default))
        {
            blank.Raw.Span.Fill(128);
            EdgeWarmUp.Run(engine, options.Tasks, [blank], profile, WarmUpRuns, context.Time);
        }

        var edge = new LiveEdge(
            new LiveEdgeOptions
            {
                Kinds = options.Tasks,
                Types = options.TypesWith(kind => (int)Math.Ceiling(profile.Percentile95(kind, engine.VariantsOf(kind)[0])!.Value / 1000.0)),
                Qoe = new Scheduling.QoeOptions { Window = (long)(options.WindowSeconds * 1e6), Rate = options.WindowRate },
            },
            PolicyCatalogue.Create(options.Policy)!, engine,
            options.Cloud is { } cloud ? new KServeCaller(cloud, context.Time) : null, profile, context.Time);
        return Handlers(edge);
    }

    /// <summary>Handlers on this edge, which is disposed with them.</summary>
    public static EffectHandlers Handlers(LiveEdge edge) => new EffectHandlers().Add(Effect, edge.RunAsync, MostOpen, edge);
}
