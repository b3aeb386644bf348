using System.Text.Json;
using System.Text.Json.Nodes;
using Sensing.Events;

namespace Sensing.Dashboards.Tests.Traffic;

/// <summary>Two edges with drones: a report of each period, and a result of each segment. Asking for the same time
/// twice gives the same events.</summary>
internal static class DroneScript
{
    public const string Result = "sensing.drone.result.v1";
    public const string Qos = "sensing.drone.qos.v1";

    /// <summary>Length of a report's period.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>An edge with a cloud behind it and two drones.</summary>
    public static readonly StreamAddress Harbour = new("harbour", "base-1", "drones");

    /// <summary>An edge without a cloud.</summary>
    public static readonly StreamAddress Quarry = new("quarry", "base-2", "drones");

    /// <summary>Tasks of each type in a period.</summary>
    public const int Arrived = 10;

    private static readonly (string Type, string Summary, int Utility, int DeadlineMs, int CloudMs, int Bonus)[] Types =
    [
        ("HV", "person with a hazard vest", 124, 650, 180, 100),
        ("MD", "mask over mouth and nose", 74, 850, 240, 130),
        ("CD", "persons counted", 171, 1000, 420, 140),
    ];

    private static readonly string Picture = ReadPicture();

    /// <summary>The report of the period that ends at a time: of ten tasks of a type nine are done in time, and of
    /// HV one is stolen.</summary>
    /// <param name="edge">Its stream.</param>
    /// <param name="end">End of the period.</param>
    /// <param name="cloud">State of the cloud; null: there is none, and no link.</param>
    /// <param name="failed">Whether the task of each type that is not done has failed; else it was dropped.</param>
    /// <param name="bounded">Whether the bound has been computed.</param>
    public static SensorEvent QosAt(
        StreamAddress edge, DateTimeOffset end, string? cloud = "Reachable", bool failed = false, bool bounded = true)
    {
        long period = end.UtcTicks / Period.Ticks;
        bool isHeldBack = cloud == "HeldBack", isWindow = period % 4 == 0;
        var types = new JsonArray();
        foreach ((string type, string summary, int utility, int deadline, int cloudMs, int bonus) in Types)
        {
            // The last window of CD is missed.
            bool isMet = type != "CD";
            bool isSent = cloud is not null && !isHeldBack;
            types.Add((JsonNode)new JsonObject
            {
                ["type"] = type,
                ["summary"] = summary,
                ["arrived"] = Arrived,
                ["done"] = Arrived - 1,
                ["late"] = 0,
                ["failed"] = failed ? 1 : 0,
                ["dropped"] = failed ? 0 : 1,
                ["stolen"] = type == "HV" ? 1 : 0,
                ["migrated"] = type == "CD" && isSent ? 2 : 0,
                ["edgeShare"] = isSent ? 0.6 : 0.9,
                ["cloudShare"] = isSent ? 0.3 : 0,
                ["utility"] = (Arrived - 1) * utility,
                ["deadlineMs"] = deadline,
                ["edgeSeenMs"] = 41.5,
                ["edgeBelievedMs"] = 44,
                ["cloudSeenMs"] = isSent ? cloudMs + (period % 7 * 10) : null,
                ["cloudBelievedMs"] = cloud is null ? null : cloudMs + 20,
                ["windowCompletion"] = isMet ? 0.9 : 0.85,
                ["windowBonus"] = isMet ? bonus : 0,
                ["variants"] = new JsonArray(Variant("centernet-512", 0.5, 60.2), Variant("centernet-416", 0.5, 40.1)),
            });
        }

        int all = Types.Length * Arrived, done = Types.Length * (Arrived - 1);
        int earned = Types.Sum(t => (Arrived - 1) * t.Utility);
        int onEdge = (int)(all * (cloud is null || isHeldBack ? 0.9 : 0.6));
        return Event(edge, Qos, end, "", new JsonObject
        {
            ["periodSeconds"] = Period.TotalSeconds,
            ["policy"] = "Plan-ahead",
            ["drones"] = new JsonArray("alpha", "bravo"),
            ["arrived"] = all,
            ["done"] = done,
            ["late"] = failed ? Types.Length : 0,
            ["dropped"] = failed ? 0 : Types.Length,
            ["completion"] = 0.9,
            ["utility"] = earned,
            ["bound"] = bounded ? earned * 5 / 4 : null,
            ["qoe"] = isWindow ? 230 : 0,
            ["qoeMost"] = isWindow ? 370 : 0,
            ["windowSeconds"] = 20,
            ["windowRate"] = 0.9,
            ["promised"] = onEdge,
            ["kept"] = onEdge,
            ["sharedRuns"] = 4,
            ["decisionMs"] = 0.24,
            ["linkMbits"] = cloud is null || isHeldBack ? null : 11.5 + (period % 5 * 0.3),
            ["cloud"] = cloud,
            ["types"] = types,
        });
    }

    /// <summary>The result of a drone's segment: a person with a vest and a skeleton, and one without a vest.</summary>
    /// <param name="edge">Its stream.</param>
    /// <param name="drone">The drone.</param>
    /// <param name="time">The segment's.</param>
    /// <param name="pictured">Whether the picture is sent.</param>
    public static SensorEvent ResultAt(StreamAddress edge, string drone, DateTimeOffset time, bool pictured) =>
        Event(edge, Result, time, drone, new JsonObject
        {
            ["drone"] = drone,
            ["segment"] = time.ToUnixTimeSeconds() % 100_000,
            ["width"] = 480,
            ["height"] = 270,
            ["tasks"] = new JsonArray(
                Task("HV", "Done", "Edge", "centernet-416", 92.4, 650, 124, stolen: true),
                Task("MD", "Dropped", "None", null, 0, 850, 0),
                Task("CD", "Failed", "Cloud", "centernet-512", 1000, 1000, -152, problem: "cancelled at the deadline")),
            ["persons"] = new JsonArray(
                Person(120, 60, 190, 250, 0.91, vest: true, "NoFaceVisible", 4.25, hasPose: true),
                Person(330, 90, 370, 200, 0.62, vest: false, "Mask", 9.8, hasPose: false)),
            ["crowd"] = 2,
            ["nearestObject"] = "bicycle",
            ["nearestObjectM"] = 6.1,
            ["jpeg"] = pictured ? Picture : null,
        });

    private static JsonObject Variant(string name, double share, double edgeMs) =>
        new() { ["variant"] = name, ["share"] = share, ["edgeMs"] = edgeMs };

    private static JsonObject Task(
        string type,
        string fate,
        string place,
        string? variant,
        double latency,
        double deadline,
        int utility,
        bool stolen = false,
        string? problem = null) => new()
        {
            ["type"] = type,
            ["fate"] = fate,
            ["place"] = place,
            ["variant"] = variant,
            ["latencyMs"] = latency,
            ["deadlineMs"] = deadline,
            ["stolen"] = stolen,
            ["migrated"] = false,
            ["utility"] = utility,
            ["problem"] = problem,
        };

    private static JsonObject Person(
        double left,
        double top,
        double right,
        double bottom,
        double score,
        bool vest,
        string mask,
        double distance,
        bool hasPose)
    {
        // Shoulders to ankles down both sides of the box; the order is that of COCO.
        double[] x = [0.5, 0.53, 0.47, 0.58, 0.42, 0.7, 0.3, 0.82, 0.18, 0.8, 0.2, 0.62, 0.38, 0.64, 0.36, 0.65, 0.35];
        double[] y = [0.1, 0.08, 0.08, 0.1, 0.1, 0.24, 0.24, 0.38, 0.38, 0.5, 0.5, 0.54, 0.54, 0.75, 0.75, 0.95, 0.95];
        JsonArray Pose() =>
        [
            .. x.Zip(y, (dx, dy) => new[] { left + ((right - left) * dx), top + ((bottom - top) * dy), 0.8 })
                .SelectMany(point => point).Select(value => (JsonNode)Math.Round(value, 1)),
        ];
        return new JsonObject
        {
            ["left"] = left,
            ["top"] = top,
            ["right"] = right,
            ["bottom"] = bottom,
            ["score"] = score,
            ["vest"] = vest,
            ["mask"] = mask,
            ["distanceM"] = distance,
            ["pose"] = hasPose ? Pose() : null,
        };
    }

    /// <summary>As payloads are written: what is absent is left out.</summary>
    private static SensorEvent Event(StreamAddress edge, string type, DateTimeOffset time, string key, JsonObject data)
    {
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(Without(data));
        return new(EventId.Create(edge.Source, type, time, key), edge, type, time, EventPriority.Telemetry, payload);
    }

    private static JsonObject Without(JsonObject data)
    {
        foreach ((string name, JsonNode? value) in data.ToArray())
        {
            if (value is null)
            {
                data.Remove(name);
            }

            foreach (JsonObject part in (value as JsonArray ?? []).OfType<JsonObject>())
            {
                Without(part);
            }
        }

        return data;
    }

    private static string ReadPicture()
    {
        using Stream stream = typeof(DroneScript).Assembly.GetManifestResourceStream("approach.jpg")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Convert.ToBase64String(bytes);
    }
}
