using System.CommandLine;
using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Das.Commands;
using Sensing.Das.Events;
using Sensing.Das.Figures;
using Sensing.Das.Recordings;
using Sensing.Das.Sources;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>The fibre as a module: everything that programs know of it.</summary>
public sealed class DasModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "das";

    public string Name => Key;

    public EventFamily Events => DasEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings { get; } =
    [
        new RecordingKind("HDF5", [".h5", ".hdf5"], "hdf5", "files"),
        new RecordingKind("NumPy", [".npy"], "npy", "files"),
    ];

    public string FigureSummary => "the waterfall with the vehicles' tracks over it";

    public IReadOnlyList<DemoStream> Demos { get; } =
    [
        new()
        {
            Name = "road",
            Summary = "half a kilometre of road with a fibre along it and traffic both ways",
            Source = live => new JsonObject
            {
                ["type"] = "synthetic",
                ["scenario"] = "mixed",
                ["snrDb"] = 12,
                ["live"] = live,
            },

            // The bridge of the method's paper (arXiv 2410.16278).
            Place = new DemoPlace("Synthetic road, placed at Åstfjord bridge", Latitude: 63.34, Longitude: 9.32),
        },
    ];

    public RecordingFacts? Inspect(ComponentChoice source, StreamContext context) => FibreFacts.Of(source.Options, context.BaseDirectory);

    public IReplayFigure CreateFigure() => new RoadFigure();

    public void Register(StreamCatalogue streams) => streams
        .AddSource<DasBlock, Hdf5SourceOptions>(
            "hdf5", "HDF5 recordings of a fibre: OptoDAS, PRODML, the plain strain-rate layout, or a described one.",
            (options, context) => new FileSource(options, context))
        .AddSource<DasBlock, NpySourceOptions>(
            "npy", "NumPy arrays of a fibre's samples, each with its JSON sidecar.",
            (options, context) => new FileSource(options, context))
        .AddSource<DasBlock, DirectorySourceOptions>(
            "directory", "A folder into which an interrogator drops files.",
            (options, context) => new DirectorySource(options, context))
        .AddSource<DasBlock, OptoDasZmqSourceOptions>(
            "optodas-zmq", "The live stream of an OptoDAS interrogator, over ZeroMQ.",
            (options, context) => new OptoDasZmqSource(options, context))
        .AddSource<DasBlock, SyntheticSourceOptions>(
            "synthetic", "A fibre that the program makes up, with known vehicles.",
            (options, context) => new SyntheticSource(options, context))
        .AddPipeline<DasBlock, DasOptions>(
            Key, "Vehicles, traffic flow and a waterfall from a fibre along a road.",
            (options, context) => new DasPipeline(options, context.Address, SiteCalibration.Load(options, context.BaseDirectory)));

    public IEnumerable<Command> CreateCommands(ModuleCatalogue modules, TimeProvider time)
    {
        yield return new Command(Key, "Commands of the fibre pipeline.") { CalibrateCommand.Create(modules, time) };

        // The name that it had before there were modules: scripts keep working.
        Command former = CalibrateCommand.Create(modules, time);
        former.Description = "The former name of 'das calibrate'.";
        yield return former;
    }
}
