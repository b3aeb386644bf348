using System.Net;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Broker;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Telemetry;

/// <summary>What a scrape of the running process says, against counts that the test knows.</summary>
/// <remarks>A process of its own: instruments of one name are one to whoever listens in a process.</remarks>
public class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scrape_says_exactly_what_came_in_what_was_stored_and_what_was_not()
    {
        using var folder = new TemporaryFolder();
        int port = LoopbackPort.Free();
        await using ProgramProcess program = Run(folder, $"mqtt.embedded.port={port}");
        using HttpClient http = await HttpAsync(program);
        IReadOnlyDictionary<string, double> before = await PrometheusText.ScrapeAsync(http, Cancel);
        Assert.Equal(0, before["sensing_store_duplicates_total"]);
        Assert.Equal(0, before["sensing_ingest_dead_letters_total{reason=\"topic\"}"]);
        Assert.Equal(0, before["sensing_query_live_readers"]);

        SensorEvent[] events = [.. Enumerable.Range(0, 500).Select(i => Sample.Other($"{i:0000}", Sample.Noon.AddSeconds(i)))];
        DateTimeOffset committed = TimeProvider.System.GetUtcNow().AddSeconds(-20);
        using IMqttClient node = await Mqtt.ConnectAsync(port, Cancel);
        await using LiveReader reader = await LiveReader.OpenAsync(http, "", null, Cancel);
        foreach (SensorEvent item in events.Concat(events.Take(20)))
        {
            await node.PublishAsync(Mqtt.Message(item, committed), Cancel);
        }

        MqttApplicationMessage stray = Mqtt.Message(Sample.Other("stray", Sample.Noon));
        stray.Topic = "sensing/v1/tunnel/cabinet-1/other-stream/other/fact";
        await node.PublishAsync(stray, Cancel);
        await node.PublishAsync(Mqtt.Message(Sample.Other("broken", Sample.Noon, data: "{")), Cancel);
        await node.PublishAsync(Mqtt.Status("tunnel", "cabinet-1", "no json"u8.ToArray()), Cancel);
        await node.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("sensing/v1/tunnel/cabinet-1/a/b/c").WithPayload("{}")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancel);

        IReadOnlyDictionary<string, double> after = await PrometheusText.ScrapeAsync(http, Cancel);
        Assert.Equal(0, after["sensing_ingest_in_flight"]);
        Assert.Equal(524, after["sensing_ingest_received_total"]);
        Assert.Equal(524, after["sensing_ingest_acknowledged_total"]);
        Assert.Equal(500, after["sensing_store_stored_total"]);
        Assert.Equal(20, after["sensing_store_duplicates_total"]);
        foreach (string reason in new[] { "topic", "syntax", "status", "attributes" })
        {
            Assert.Equal(1, after[$"sensing_ingest_dead_letters_total{{reason=\"{reason}\"}}"]);
        }

        Assert.Equal(0, after["sensing_ingest_dead_letters_total{reason=\"series\"}"]);
        Assert.Equal(after["sensing_store_commits_total"], after["sensing_store_commit_duration_seconds_count"]);
        Assert.InRange(after["sensing_store_commits_total"], 1, 524);
        Assert.Equal(0, after["sensing_store_commit_failures_total"]);
        // Committed 20 s before: nothing is in the buckets up to 10 s, everything in the last.
        Assert.Equal(520, after["sensing_delivery_commit_to_store_duration_seconds_count"]);
        Assert.Equal(0, after["sensing_delivery_commit_to_store_duration_seconds_bucket{le=\"10\"}"]);
        Assert.Equal(520, after["sensing_delivery_commit_to_store_duration_seconds_bucket{le=\"86400\"}"]);
        Assert.Equal(1, after["sensing_query_live_readers"]);
        Assert.Equal(1, after["sensing_broker_clients"]);
    }

    [Fact]
    public async Task A_refused_publish_is_counted_and_not_acknowledged_as_stored()
    {
        using var folder = new TemporaryFolder();
        int port = LoopbackPort.Free();
        await File.WriteAllTextAsync(folder["passwords"], PasswordFile.Line("cabinet-2", "secret"), Cancel);
        await using ProgramProcess program = Run(folder, $"mqtt.embedded.port={port}", $"mqtt.embedded.passwordFile={folder["passwords"]}");
        using HttpClient http = await HttpAsync(program);
        using IMqttClient node = await Mqtt.ConnectAsync(port, Cancel, options => options.WithCredentials("cabinet-2", "secret"));

        await node.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        IReadOnlyDictionary<string, double> after = await PrometheusText.ScrapeAsync(http, Cancel);
        Assert.Equal(1, after["sensing_broker_refused_total"]);
        Assert.Equal(0, after["sensing_ingest_received_total"]);
        Assert.Equal(0, after["sensing_ingest_acknowledged_total"]);
    }

    [Fact]
    public async Task Where_keys_are_configured_a_scrape_needs_one_unless_loopback_is_open()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["keys"], "the-key # of Prometheus\n", Cancel);
        await using (ProgramProcess program = Run(folder, "mqtt.embedded.port=0", $"http.apiKeyFile={folder["keys"]}"))
        {
            using HttpClient http = await HttpAsync(program);
            using HttpResponseMessage refused = await http.GetAsync("/metrics", Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain("sensing_", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", Cancel)).StatusCode);

            http.DefaultRequestHeaders.Authorization = new("Bearer", "the-key");
            Assert.Contains("sensing_ingest_received_total", await http.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
        }

        await using ProgramProcess open = Run(folder, "mqtt.embedded.port=0", $"http.apiKeyFile={folder["keys"]}", "telemetry.openOnLoopback=true");
        using HttpClient local = await HttpAsync(open);
        Assert.Equal(HttpStatusCode.OK, (await local.GetAsync("/metrics", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await local.GetAsync("/api/v1/nodes", Cancel)).StatusCode);
    }

    private static ProgramProcess Run(TemporaryFolder folder, params string[] set)
    {
        File.WriteAllText(folder["cloud.json"], "{}");
        return ProgramProcess.Start("cloud-ingest",
        [
            "run", folder["cloud.json"],
            .. new[] { $"store.path={folder["cloud.db"]}", "http.address=http://127.0.0.1:0" }.Concat(set).SelectMany(value => new[] { "--set", value }),
        ]);
    }

    private static async Task<HttpClient> HttpAsync(ProgramProcess program) =>
        new() { BaseAddress = new Uri((await program.WaitForLineAsync(@"The query API is at (\S+)\.$", Cancel)).Groups[1].Value) };
}
