using Sensing.Dashboards.Options;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>Three nodes on a working day: one well, one with troubles, one gone.</summary>
internal static class Scene
{
    public static readonly StreamAddress Bridge = new("astfjord", "cabinet-1", "bridge");
    public static readonly StreamAddress Street = new("poznan", "cabinet-2", "street");

    public static readonly DashboardOptions Places = new()
    {
        Nodes =
        [
            new NodePlace { Site = "astfjord", Node = "cabinet-1", Label = "Åstfjord bridge", Latitude = 63.34, Longitude = 9.32 },
            new NodePlace { Site = "poznan", Node = "cabinet-2", Label = "Poznań, street", Latitude = 52.41, Longitude = 16.93 },
            new NodePlace { Site = "harbour", Node = "mast-1", Label = "Harbour mast", Latitude = 58.97, Longitude = 5.73 },
        ],
    };

    /// <summary>A server with a day of traffic up to now, and its script for the minutes to come.</summary>
    /// <param name="history">How much of the day is stored; hours.</param>
    public static async Task<(ScriptedApi Api, TrafficScript Traffic)> StartAsync(double history = 2)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DateTimeOffset from = now.AddHours(-history);
        var traffic = new TrafficScript(Bridge, from.AddMinutes(-2), now.AddHours(1));
        var api = new ScriptedApi(Places);
        var delay = TimeSpan.FromSeconds(0.4);
        api.Store(traffic.VehicleEvents(from, now), TimeSpan.FromSeconds(20));
        api.Store(traffic.Flows(from, now), delay);
        api.Store(traffic.Profiles(now.AddHours(-Math.Min(history, 26)), now), delay);
        api.Store(traffic.Tiles(now.AddMinutes(-6), now.AddSeconds(-5)), TimeSpan.FromSeconds(5));
        await api.StartAsync();
        return (api, traffic);
    }

    public static void ReportNodes(ScriptedApi api)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        api.Report("astfjord", "cabinet-1", Status(now, stream: Stream("bridge", StreamState.Running, now)));
        api.Report("poznan", "cabinet-2", Status(now, clockOffset: -0.81, outbox: 1842, oldest: 312,
            stream: Stream("street", StreamState.Stalled, now.AddMinutes(-7), "no block for 30 s from the interrogator at 10.2.0.9:5555")));
        api.Report("harbour", "mast-1", Status(now.AddHours(-3), NodeState.Offline, stream: Stream("pier", StreamState.Running, now.AddHours(-3))),
            now.AddHours(-2.6), connected: false);
        api.Publish(
            NodeEvents.Notice.Create(Street, now.AddMinutes(-7), "stalled", new StreamNotice
            {
                Code = "stalled",
                Severity = NoticeSeverity.Warning,
                Message = "No sample for 30 s; the stream was opened again",
                Input = "tcp://10.2.0.9:5555",
                Remedy = "Check the interrogator and its link.",
            }),
            NodeEvents.Notice.Create(Bridge, now.AddMinutes(-42), "gap", new StreamNotice
            {
                Code = "gap",
                Severity = NoticeSeverity.Info,
                Message = "10 s are missing between two files",
                Input = "20260503_120340.hdf5",
            }));
    }

    public static NodeStatus Status(
        DateTimeOffset sent, NodeState state = NodeState.Online, double clockOffset = 0.0021, long outbox = 3, double oldest = 0.2, params StreamStatus[] stream) => new()
        {
            State = state,
            Version = "0.1.0",
            StartedAt = sent.AddDays(-3).AddHours(-5),
            SentAt = sent,
            ClockOffsetSeconds = clockOffset,
            OutboxEvents = outbox,
            OutboxBytes = outbox * 410,
            OldestUnsentSeconds = oldest,
            DeadLetters = 0,
            Streams = stream,
        };

    public static StreamStatus Stream(string name, StreamState state, DateTimeOffset last, string? problem = null) => new()
    {
        Name = name,
        Pipeline = "das",
        State = state,
        LastSample = last,
        LastEvent = last,
        Blocks = 61_204,
        DroppedBlocks = 0,
        Events = 18_233,
        Restarts = problem is null ? 0 : 2,
        Problem = problem,
    };
}
