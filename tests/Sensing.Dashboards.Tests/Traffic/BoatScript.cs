using System.Text.Json;
using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Marine;
using Sensing.Marine.Synthetic;
using Sensing.Streams;

namespace Sensing.Dashboards.Tests.Traffic;

/// <summary>A vessel: the watch's events as the pipeline makes them of the synthetic voyage, and impacts from another stream of the site.</summary>
internal static class BoatScript
{
    public const string Impact = "sensing.marine.impact.v1";
    public const string Model = "sensing.marine.model.v1";

    public static readonly StreamAddress Bridge = new("kiel", "bridge-1", "watch");
    public static readonly StreamAddress Hull = new("kiel", "bridge-1", "hull");

    /// <summary>Events of the first minutes of the voyage: a vessel crosses from starboard, and own ship gives way to it.</summary>
    /// <param name="begin">Time of the voyage's first line.</param>
    /// <param name="seconds">Its length.</param>
    public static List<SensorEvent> Voyage(DateTimeOffset begin, double seconds)
    {
        var events = new List<SensorEvent>();
        using var lines = new System.Reactive.Subjects.Subject<NmeaLine>();
        using IDisposable connection = new MarinePipeline(new MarineOptions { GuardZoneM = 370 }, Bridge).Connect(lines).Subscribe(events.Add);
        var source = new SyntheticSource(
            new SyntheticSourceOptions { StartTime = EventTime.Format(begin), DurationSeconds = seconds }, new StreamContext(Bridge, TimeProvider.System, ""));
        foreach (SourceItem<NmeaLine> item in source.ReadAsync(null, default).ToBlockingEnumerable())
        {
            lines.OnNext(item.Sample!);
        }

        lines.OnCompleted();
        return events;
    }

    /// <summary>A blow from port: the alarm, or the record with the motion.</summary>
    public static SensorEvent ImpactAt(DateTimeOffset time, int number, bool complete = true, string kind = "beam", double direction = -96)
    {
        JsonArray Curve(double amplitude) => [.. Enumerable.Range(0, 100).Select(i =>
            (JsonNode)Math.Round(i < 30 ? 0.2 * Math.Sin(i) : amplitude * Math.Exp(-(i - 30) / 12.0) * Math.Cos((i - 30) / 2.5), 3))];
        var impact = new JsonObject
        {
            ["number"] = number,
            ["complete"] = complete,
            ["class"] = kind,
            ["impactProbability"] = 0.987,
            ["probabilities"] = new JsonArray(Probability(kind, 0.93), Probability("glancing", 0.05), Probability("wave-slam", 0.02)),
            ["peakMs2"] = 14.6,
            ["jerkMs3"] = 1343,
            ["deltaVMs"] = 0.66,
            ["directionDeg"] = direction,
            ["decidedAfterMs"] = 64,
            ["model"] = "impacts 1.3.0",
        };
        if (complete)
        {
            impact["trace"] = new JsonObject
            {
                ["firstSeconds"] = -0.6,
                ["stepSeconds"] = 0.02,
                ["surgeMs2"] = Curve(1.5),
                ["swayMs2"] = Curve(14.6),
                ["heaveMs2"] = Curve(3),
                ["yawDegS"] = Curve(8),
            };
        }

        return Event(Impact, time, complete ? "record" : "alarm", impact);
    }

    public static SensorEvent ModelAt(DateTimeOffset time, string version, string state, string inUse, string reason) => Event(Model, time, version, new JsonObject
    {
        ["model"] = "impacts",
        ["version"] = version,
        ["digest"] = new string('a', 64),
        ["state"] = state,
        ["inUse"] = inUse,
        ["windows"] = 37,
        ["agreement"] = 0.919,
        ["reason"] = reason,
    });

    private static JsonObject Probability(string kind, double probability) => new() { ["class"] = kind, ["probability"] = probability };

    private static SensorEvent Event(string type, DateTimeOffset time, string key, JsonObject data) => new(
        EventId.Create(Hull.Source, type, time, key), Hull, type, time, EventPriority.Fact, JsonSerializer.SerializeToUtf8Bytes(data));
}
