using System.CommandLine;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Commands;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Sources;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Marine.Impacts;

/// <summary>Impacts on a vessel as a module.</summary>
public sealed class ImpactModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "impact";

    public string Name => Key;

    public EventFamily Events => MarineEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings { get; } =
        [new RecordingKind("inertial samples", [".csv"], "inertial-csv", "file", ManyFiles: false)];

    public void Register(StreamCatalogue streams) => streams
        .AddSource<InertialSample, InertialCsvOptions>(
            "inertial-csv", "Recorded samples of an inertial sensor.",
            (options, context) => new InertialCsvSource(options, context))
        .AddSource<InertialSample, SimulatedSourceOptions>(
            "simulated", "A simulated hull in a simulated sea, with slams, engine and impacts.",
            (options, context) => new SimulatedSource(options, context))
        .AddPipeline<InertialSample, ImpactOptions>(
            Key, "Impacts on a vessel, with class, severity and direction, from an inertial sensor.",
            (options, context) => new ImpactPipeline(options, context),
            (options, context) => ImpactEffect.Handlers(options, context.Models));

    public IEnumerable<Command> CreateCommands(ModuleCatalogue modules, TimeProvider time)
    {
        yield return new Command("marine", "Commands of the marine pipelines.")
        {
            TrainCommand.Create(),
        };
    }
}
