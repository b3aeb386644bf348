using System.Text.Json;
using System.Text.Json.Nodes;
using Sensing.Events;

namespace Sensing.Dashboards.Tests.Traffic;

/// <summary>A junction of two approaches, on a node each, and its signals on a fixed cycle. Asking for the same time twice gives the
/// same events.</summary>
internal static class JunctionScript
{
    public const string Approach = "sensing.traffic.approach.v1";
    public const string Count = "sensing.traffic.count.v1";
    public const string Alarm = "sensing.traffic.alarm.v1";
    public const string Emergency = "sensing.traffic.emergency.v1";
    public const string Plan = "sensing.traffic.signal-plan.v1";
    public const string Fault = "sensing.traffic.camera-fault.v1";
    public const string Snapshot = "sensing.traffic.snapshot.v1";

    public static readonly StreamAddress North = new("ringvei", "pole-1", "camera-north");
    public static readonly StreamAddress East = new("ringvei", "pole-2", "camera-east");
    public static readonly StreamAddress Signals = new("ringvei", "pole-1", "signals");

    private const double GreenSeconds = 22;
    private const double YellowSeconds = 3;
    private const double AllRedSeconds = 2;
    private const double CycleSeconds = 2 * (GreenSeconds + YellowSeconds + AllRedSeconds);

    private static readonly string[] Classes = ["TwoWheeler", "Car", "Van", "Truck", "Bus"];
    private static readonly double[] Shares = [0.06, 0.72, 0.11, 0.08, 0.03];
    private static readonly string Picture = ReadPicture();

    /// <summary>A second's state of an approach: a queue that grows while it is red.</summary>
    public static SensorEvent ApproachAt(StreamAddress camera, DateTimeOffset time, double? index = null)
    {
        double cycle = time.ToUnixTimeMilliseconds() / 1000.0 / CycleSeconds * Math.Tau;
        double hour = (1 + Math.Sin(time.ToUnixTimeSeconds() / 1500.0)) / 2;
        double smooth = index ?? (0.04 + ((0.08 + (0.08 * hour)) * (1 + Math.Sin(cycle + (camera == North ? 0 : Math.PI)))));
        double raw = Math.Clamp(smooth + (0.03 * Math.Sin(time.ToUnixTimeSeconds() * 2.4)), 0, 1);
        JsonObject Measures(double share) => new()
        {
            ["index"] = Math.Round(smooth * share, 4),
            ["indexRaw"] = Math.Round(raw * share, 4),
            ["level"] = smooth < 0.12 ? "Free" : smooth < 0.22 ? "Slow" : smooth < 0.5 ? "Congested" : "Jammed",
            ["vehicles"] = (int)(smooth * 50 * share),
            ["passed"] = 0,
            ["densityPerKmLane"] = Math.Round(smooth * 130, 1),
            ["meanSpeedKmh"] = Math.Round(52 - (smooth * 80), 1),
            ["speedStandardErrorKmh"] = Math.Round(1.1 + (smooth * 4), 2),
            ["queueM"] = Math.Round(Math.Max(0, smooth - 0.1) * 240 * share),
        };
        JsonObject state = Measures(1);
        state["approach"] = NameOf(camera);
        state["levelOfService"] = "ABCDEF"[(int)Math.Min(5, smooth * 18)].ToString();
        state["quality"] = camera == North ? 0.94 : 0.46;
        if (camera == East)
        {
            state["qualityReason"] = "haze";
        }

        state["lanes"] = new JsonArray([.. new[] { 0.8, 1.2 }.Select((share, i) =>
        {
            JsonObject lane = Measures(share);
            lane["lane"] = i + 1;
            return (JsonNode)lane;
        })]);
        return Event(camera, Approach, time, state);
    }

    public static IEnumerable<SensorEvent> Approaches(DateTimeOffset from, DateTimeOffset to) =>
        Seconds(from, to).SelectMany(t => new[] { ApproachAt(North, t), ApproachAt(East, t.AddMilliseconds(330)) });

    /// <summary>Quarters of an hour that end within (from, to].</summary>
    public static IEnumerable<SensorEvent> Counts(DateTimeOffset from, DateTimeOffset to)
    {
        long quarter = TimeSpan.FromMinutes(15).Ticks;
        for (long end = (from.UtcTicks / quarter * quarter) + quarter; end <= to.UtcTicks; end += quarter)
        {
            var time = new DateTimeOffset(end, TimeSpan.Zero);
            foreach (StreamAddress camera in new[] { North, East })
            {
                double volume = 90 + (60 * Math.Sin((time.TimeOfDay.TotalHours / 3) + (camera == North ? 0 : 1)));
                int[] counts = [.. Shares.Select(s => (int)Math.Round(volume * s))];
                string from0 = NameOf(camera);
                string to0 = camera == North ? "south" : "west";
                yield return Event(camera, Count, time, new JsonObject
                {
                    ["approach"] = from0,
                    ["windowMinutes"] = 15,
                    ["observedSeconds"] = 900,
                    ["count"] = counts.Sum(),
                    ["flowPerHour"] = counts.Sum() * 4,
                    ["meanSpeedKmh"] = 38.2,
                    ["lanes"] = new JsonArray([.. counts.Select((c, i) => Part(("direction", "Toward"), ("lane", 1 + (i % 2)), Classes[i], c))]),
                    ["movements"] = new JsonArray([.. counts.SelectMany((c, i) => new[]
                    {
                        Part(("from", from0), ("to", to0), Classes[i], c - (c / 4)),
                        Part(("from", from0), ("to", "harbour"), Classes[i], c / 4),
                    })]),
                });
            }
        }
    }

    /// <summary>The plan at a time: north and east in turn.</summary>
    public static SensorEvent PlanAt(DateTimeOffset time, string? fallback = null, string mode = "rule", string reason = "'north' has 14 vehicles waiting against 6 on 'east'")
    {
        double at = time.ToUnixTimeMilliseconds() / 1000.0 % CycleSeconds;
        bool isNorth = at < CycleSeconds / 2;
        double t = at % (CycleSeconds / 2);
        (string phase, string other) = isNorth ? ("north-south", "east-west") : ("east-west", "north-south");
        (string stage, double elapsed) = t < GreenSeconds ? ("green", t)
            : t < GreenSeconds + YellowSeconds ? ("yellow", t - GreenSeconds)
            : ("allRed", t - GreenSeconds - YellowSeconds);
        double toGreen = (CycleSeconds / 2) - t;
        JsonNode[] next = stage switch
        {
            "green" => [Change(Math.Max(0, 8 - t), "yellow", null, "earliest"), Change(45 - t, "yellow", null, "latest")],
            "yellow" => [Change(toGreen - AllRedSeconds, "allRed", other, "certain"), Change(toGreen, "green", other, "certain")],
            _ => [Change(toGreen, "green", other, "certain")],
        };
        string shown = stage == "allRed" ? "red" : stage;
        var plan = new JsonObject
        {
            ["junction"] = "Ringvei × Kirkegata",
            ["phase"] = phase,
            ["stage"] = stage,
            ["elapsedSeconds"] = Math.Round(elapsed, 3),
            ["mode"] = mode,
            ["reason"] = reason,
            ["groups"] = new JsonArray(
                Group("north", isNorth ? shown : "red"), Group("south", isNorth ? shown : "red"),
                Group("north, left", isNorth && stage == "green" ? "permissive" : "red"), Group("east", isNorth ? "red" : shown),
                Group("west", isNorth ? "red" : shown), Group("pedestrians, east", isNorth && stage == "green" ? "green" : "red")),
            ["next"] = new JsonArray(next),
        };
        if (stage != "green" || t > GreenSeconds - 2)
        {
            plan["nextPhase"] = other;
        }

        if (fallback is not null)
        {
            plan["fallback"] = fallback;
        }

        return Event(Signals, Plan, time, plan);
    }

    /// <summary>Each change, and every ten seconds.</summary>
    public static IEnumerable<SensorEvent> Plans(DateTimeOffset from, DateTimeOffset to) => Seconds(from, to).Where(t =>
        t.ToUnixTimeSeconds() % 10 == 0 || t.ToUnixTimeSeconds() % (CycleSeconds / 2) is 0 or GreenSeconds - 1 or GreenSeconds or GreenSeconds + YellowSeconds).Select(t => PlanAt(t));

    public static SensorEvent SnapshotAt(StreamAddress camera, DateTimeOffset time) => Event(camera, Snapshot, time, new JsonObject
    {
        ["approach"] = NameOf(camera),
        ["width"] = 480,
        ["height"] = 270,
        ["jpeg"] = Picture,
    });

    public static SensorEvent EmergencyAt(DateTimeOffset time, DateTimeOffset firstSeen, DateTimeOffset arrival, bool ended = false) => Event(North, Emergency, time, new JsonObject
    {
        ["approach"] = "north",
        ["lane"] = 2,
        ["confidence"] = 0.94,
        ["evidence"] = new JsonArray(Evidence("lightBar"), Evidence("siren")),
        ["firstSeen"] = EventTime.Format(firstSeen),
        ["expectedArrival"] = EventTime.Format(arrival),
        ["ended"] = ended,
    });

    public static SensorEvent AlarmAt(DateTimeOffset time, string kind) => Event(East, Alarm, time, new JsonObject
    {
        ["approach"] = "east",
        ["kind"] = kind,
        ["vehicleId"] = 812,
        ["lane"] = 1,
        ["class"] = "Van",
        ["alongM"] = 41.3,
        ["speedKmh"] = kind == "Standing" ? 0 : 31.4,
    });

    public static SensorEvent FaultAt(DateTimeOffset time, DateTimeOffset begin, DateTimeOffset? end)
    {
        return Event(East, Fault, time, new JsonObject
        {
            ["kind"] = "covered",
            ["phase"] = end is null ? "begin" : "end",
            ["since"] = EventTime.Format(begin),
            ["detail"] = "90 % of the usual edges are hidden",
        });
    }

    private static JsonObject Evidence(string kind) => new() { ["kind"] = kind, ["logLikelihoodRatio"] = 8.2 };

    private static string NameOf(StreamAddress camera) => camera == North ? "north" : "east";

    private static IEnumerable<DateTimeOffset> Seconds(DateTimeOffset from, DateTimeOffset to)
    {
        for (var t = DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds() + 1); t <= to; t = t.AddSeconds(1))
        {
            yield return t;
        }
    }

    private static JsonObject Change(double seconds, string stage, string? phase, string certainty)
    {
        var change = new JsonObject { ["inSeconds"] = Math.Round(seconds, 3), ["stage"] = stage, ["certainty"] = certainty };
        if (phase is not null)
        {
            change["phase"] = phase;
        }

        return change;
    }

    private static JsonObject Group(string name, string aspect) => new() { ["group"] = name, ["aspect"] = aspect };

    private static JsonObject Part((string Name, JsonNode Value) one, (string Name, JsonNode Value) other, string type, int count) => new()
    {
        [one.Name] = one.Value,
        [other.Name] = other.Value,
        ["class"] = type,
        ["count"] = count,
    };

    private static SensorEvent Event(StreamAddress source, string type, DateTimeOffset time, JsonObject data) => new(
        EventId.Create(source.Source, type, time, ""), source, type, time, EventPriority.Fact, JsonSerializer.SerializeToUtf8Bytes(data));

    private static string ReadPicture()
    {
        using Stream stream = typeof(JunctionScript).Assembly.GetManifestResourceStream("approach.jpg")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Convert.ToBase64String(copy.ToArray());
    }
}
