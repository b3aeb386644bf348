using System.CommandLine;
using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;
using Sensing.TrafficCamera.Commands;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Figures;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.TrafficCamera;

/// <summary>Traffic cameras.</summary>
public sealed class TrafficModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "traffic";

    public string Name => Key;

    public EventFamily Events => TrafficEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings => CameraSources.Recordings;

    public string FigureSummary => "the camera's busiest frame with lanes and vehicles, and the congestion index over time";

    public string VideoSummary => "every frame with lanes, vehicles and the congestion index";

    public IReadOnlyList<DemoStream> Demos { get; } =
    [
        Approach("south", "approach_south", "a junction with two cameras, traffic with an ambulance now and then, and signals that follow the plan"),
        Approach("east", "approach_east", ""),
    ];

    public IReplayFigure CreateFigure() => new TrafficFigure();

    public IReplayVideo CreateVideo(string path) => new TrafficVideo(path);

    public void Register(StreamCatalogue streams) => streams
        .AddCameras()
        .AddSource<Frame, SyntheticSourceOptions>(
            "synthetic", "A road approach that the program draws, with known vehicles.",
            (options, context) => new SyntheticSource(options, context))
        .AddPipeline<Frame, TrafficOptions>(
            Key, "Congestion index, vehicles, queues and emergency vehicles of the approaches that a camera sees.",
            (options, context) => new TrafficPipeline(options, context.Address, context.Effects),
            (options, context) => DetectorModel.Handlers(options, context.Models));

    public IEnumerable<Command> CreateCommands(ModuleCatalogue modules, TimeProvider time)
    {
        yield return new Command("camera", "Commands of traffic cameras.")
        {
            CameraCalibrateCommand.Create(modules, time),
            ImportModelCommand.Create(),
        };
    }

    private static DemoStream Approach(string name, string preset, string summary) => new()
    {
        Name = name,
        Summary = summary,
        Source = live => new JsonObject
        {
            ["type"] = "synthetic",
            ["preset"] = preset,
            ["framesPerSecond"] = 10,
            ["live"] = live,
            ["followGroup"] = name,
        },
        Options = () => SyntheticSetup.Of(name, ScenePresets.Named(preset)),
    };
}
