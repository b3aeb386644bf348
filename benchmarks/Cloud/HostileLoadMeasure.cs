using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MQTTnet;
using Sensing.CloudIngest.Broker;
using Sensing.Events;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Cloud;

/// <summary>What one client takes of the embedded broker and the API, and what is left for a node that does its work beside it.</summary>
public sealed class HostileLoadMeasure : IMeasure
{
    private const int EventBytes = 20_000;

    private static readonly (string Name, Func<HostileClients, CancellationToken, Task> Attack)[] Attacks =
    [
        ("sessions", (clients, cancellation) => clients.LeaveSessionsAsync(cancellation)),
        ("first_packets", (clients, cancellation) => clients.BeginPacketsAsync(cancellation)),
        ("logins", (clients, cancellation) => clients.GuessAsync(cancellation)),
        ("live_readers", (clients, cancellation) => clients.ReadNothingAsync(cancellation)),
    ];

    public string Name => "hostile-load";

    public string Summary => "Memory of cloud-ingest, and the 99th percentile of a good node's publish, beside each of four attacks and without it.";

    public string Inputs => "--events 1500 (of 20 kB, beside each attack), --sessions 3000, --strangers 500, --guesses 30 (at a time), --readers 200";

    public string Duration => "3 min";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 1500);
        int sessions = options.Whole("sessions", 3000);
        int strangers = options.Whole("strangers", 500);
        int guesses = options.Whole("guesses", 30);
        int readers = options.Whole("readers", 200);
        options.NothingElse();
        var figures = new JsonObject();
        output.WriteLine($"{"attack",-16}{"MB before",10}{"peak",8}{"after",8}{"p99 ms",10}{"beside it",11}");
        foreach ((string name, Func<HostileClients, CancellationToken, Task> attack) in Attacks)
        {
            using var folder = new TemporaryFolder();
            int port = LoopbackPort.Free();
            await File.WriteAllLinesAsync(
                folder["passwords"], [PasswordFile.Line("good", "right"), PasswordFile.Line("hostile", "right")], cancellation);
            await using CloudProcess cloud = await CloudProcess.CreateAsync(
                folder["cloud.json"],
                new JsonObject
                {
                    ["mqtt"] = new JsonObject { ["embedded"] = new JsonObject { ["port"] = port, ["passwordFile"] = folder["passwords"] } },
                    ["store"] = new JsonObject { ["path"] = folder["cloud.db"] },
                },
                cancellation);
            await cloud.StartAsync(cancellation);
            using IMqttClient good = await Mqtt.ConnectAsync(port, cancellation, client => client.WithCredentials("good", "right"));
            double alone = await PublishAsync(good, 0, events, cancellation);
            double before = cloud.ResidentBytes / 1e6;
            using var clients = new HostileClients(port, await cloud.Up, sessions, strangers, guesses, readers);
            await attack(clients, cancellation);
            double beside = await PublishAsync(good, events, events, cancellation);
            double peak = cloud.PeakResidentBytes / 1e6;
            await clients.EndAsync();
            double after = cloud.ResidentBytes / 1e6;
            output.WriteLine($"{name,-16}{before,10:F0}{peak,8:F0}{after,8:F0}{alone,10:F1}{beside,11:F1}");
            figures[name] = new JsonObject
            {
                ["rss_mb_before"] = Math.Round(before),
                ["rss_mb_peak"] = Math.Round(peak),
                ["rss_mb_after"] = Math.Round(after),
                ["publish_p99_ms"] = Math.Round(alone, 1),
                ["publish_p99_ms_beside"] = Math.Round(beside, 1),
            };
        }

        return figures;
    }

    /// <summary>Publishes one after the other, as a node that waits for each acknowledgement; ms that 99 % took no longer than.</summary>
    private static async Task<double> PublishAsync(IMqttClient good, int first, int count, CancellationToken cancellation)
    {
        byte[] data = Encoding.UTF8.GetBytes("\"" + new string('x', EventBytes) + "\"");
        var stream = new StreamAddress("site", "good", "stream");
        var times = new List<double>(count);
        for (int i = first; i < first + count; i++)
        {
            var item = new SensorEvent($"{i:x32}", stream, "sensing.other.fact.v1", DateTimeOffset.UnixEpoch.AddSeconds(i), EventPriority.Fact, data);
            long began = Stopwatch.GetTimestamp();
            await good.PublishAsync(Mqtt.Message(item), cancellation);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return times[(int)(0.99 * (times.Count - 1))];
    }
}
