using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Marine.Events;
using Sensing.Marine.Figures;
using Sensing.Marine.SignalK;
using Sensing.Marine.Sources;
using Sensing.Marine.Synthetic;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Marine;

/// <summary>The watch on a vessel's bridge as a module.</summary>
public sealed class MarineModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "marine";

    public string Name => Key;

    public EventFamily Events => MarineEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings { get; } =
        [new RecordingKind("NMEA 0183", [".nmea", ".log", ".nm4", ".aivdm", ".txt"], "nmea-log", "files")];

    public string FigureSummary => "the ways of own ship and its targets, with their encounters";

    public IReadOnlyList<DemoStream> Demos { get; } =
    [
        new()
        {
            Name = "bridge",
            Summary = "the watch on a vessel's bridge among crossing, meeting and overtaking traffic",
            Source = live => new JsonObject { ["type"] = "synthetic", ["live"] = live },
            Options = () => new JsonObject { ["guardZoneM"] = 370 },
        },
    ];

    public IReplayFigure CreateFigure() => new VoyageFigure();

    public void Register(StreamCatalogue streams) => streams
        .AddSource<NmeaLine, LogSourceOptions>(
            "nmea-log", "Recorded NMEA 0183 and AIS, with the times in it.",
            (options, context) => new LogSource(options, context))
        .AddSource<NmeaLine, SerialSourceOptions>(
            "nmea-serial", "An instrument, a multiplexer or an AIS receiver at a serial port.",
            (options, context) => new SerialSource(options, context))
        .AddSource<NmeaLine, TcpSourceOptions>(
            "nmea-tcp", "A server of NMEA 0183 over TCP.",
            (options, context) => new TcpSource(options, context))
        .AddSource<NmeaLine, UdpSourceOptions>(
            "nmea-udp", "NMEA 0183 in datagrams.",
            (options, context) => new UdpSource(options, context))
        .AddSource<NmeaLine, SyntheticSourceOptions>(
            "synthetic", "A voyage that the program makes up, with known encounters.",
            (options, context) => new SyntheticSource(options, context))
        .AddPipeline<NmeaLine, MarineOptions>(
            Key, "Own ship, tracked targets and encounters by COLREG from NMEA 0183 and AIS.",
            (options, context) => new MarinePipeline(options, context.Address, context.Effects),
            (options, _) => SignalKSender.Handlers(options));
}
