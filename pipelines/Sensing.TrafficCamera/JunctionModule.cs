using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Modules.SiteEvents;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera;

/// <summary>Junctions that are fed by traffic cameras.</summary>
public sealed class JunctionModule : IPipelineModule
{
    /// <summary>The key of the pipeline's options.</summary>
    public const string Key = "junction";

    public string Name => Key;

    public EventFamily Events => TrafficEvents.Family;

    public IReadOnlyList<RecordingKind> Recordings { get; } =
        [new RecordingKind("events of approaches", [".ndjson"], "events", "file", ManyFiles: false)];

    public IReadOnlyList<DemoStream> Demos { get; } =
    [
        new()
        {
            Name = "junction",
            Summary = "",
            Source = _ => new JsonObject { ["type"] = "site" },
            Options = Demo,
        },
    ];

    public void Register(StreamCatalogue streams) => streams
        .AddSource<SiteEvent, SiteEventSourceOptions>(
            "site", "Events of the site's cameras as they are made.",
            (options, context) => new SiteEventSource(SiteReadings.Types, options, context))
        .AddSource<SiteEvent, EventFileSourceOptions>(
            "events", "A recording of the events of cameras, one CloudEvent a line.",
            (options, context) => new EventFileSource(SiteReadings.Types, options, context))
        .AddPipeline<SiteEvent, JunctionOptions>(
            Key, "A junction's signal plan from the events of its cameras.",
            (options, context) => new JunctionPipeline(options, context.Address));

    /// <summary>Two crossing roads, one phase each.</summary>
    private static JsonObject Demo() => new()
    {
        ["name"] = "demo",
        ["approaches"] = new JsonArray(Approach("south", 66), Approach("east", 66)),
        ["groups"] = new JsonArray(Group("south", 2), Group("east", 3)),
        ["conflicts"] = new JsonArray(new JsonObject { ["first"] = "south", ["second"] = "east" }),
        ["phases"] = new JsonArray(Phase("south"), Phase("east")),
        ["fixedPlan"] = new JsonObject
        {
            ["cycleSeconds"] = 66,
            ["splits"] = new JsonArray(Split("south", 30), Split("east", 28)),
        },
    };

    private static JsonObject Approach(string name, double visibleM) => new() { ["name"] = name, ["visibleM"] = visibleM };

    private static JsonObject Group(string approach, int lanes) => new()
    {
        ["name"] = approach,
        ["lanes"] = new JsonArray([.. Enumerable.Range(1, lanes).Select(lane => new JsonObject { ["approach"] = approach, ["lane"] = lane })]),
    };

    private static JsonObject Phase(string group) => new() { ["name"] = group, ["green"] = new JsonArray(group) };

    private static JsonObject Split(string phase, double green) => new() { ["phase"] = phase, ["greenSeconds"] = green };
}
