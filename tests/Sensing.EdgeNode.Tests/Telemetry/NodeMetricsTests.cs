using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Protocol;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Telemetry;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Telemetry;

/// <summary>What a scrape of the running node says, against counts that the test knows.</summary>
public class NodeMetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_scrape_says_what_waits_what_was_sent_and_what_was_refused(string address)
    {
        using var folder = new TemporaryFolder();
        int brokerPort = LoopbackPort.Free();
        int port = LoopbackPort.Free();
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "site", "node": "node", "dataDirectory": "{{folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{brokerPort}}, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.2 } },
              "telemetry": { "prometheus": true, "address": "{{address}}", "port": {{port}}, "allowRemote": true },
              "streams": [{ "name": "a", "source": { "type": "numbers", "count": 300, "noticeEvery": 100 }, "sum": { "padding": 1000 } }]
            }
            """, Cancellation);
        await using ProgramProcess program = ProgramProcess.Start("test-node", ["run", folder["node.json"]]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        // 300 numbers, their total and 3 gaps, with nobody to take them.
        IReadOnlyDictionary<string, double> waiting = await ScrapeUntilAsync(program, http, metrics =>
            Sum(metrics, "sensing_outbox_events") == 304 && Sum(metrics, "sensing_stream_events_total") == 304);
        Assert.Equal(304, waiting["sensing_stream_events_total{node=\"node\",pipeline=\"sum\",site=\"site\",stream=\"a\"}"]);
        Assert.Equal(30, waiting["sensing_stream_blocks_total{node=\"node\",pipeline=\"sum\",site=\"site\",stream=\"a\"}"]);
        Assert.Equal(3, waiting["sensing_stream_notices_total{code=\"gap\",node=\"node\",site=\"site\",stream=\"a\"}"]);
        Assert.Equal(0, waiting["sensing_stream_restarts_total{node=\"node\",reason=\"stalled\",site=\"site\",stream=\"a\"}"]);
        Assert.InRange(Sum(waiting, "sensing_outbox_size_bytes"), 301 * 1000, 304 * 2000);
        Assert.True(waiting["sensing_outbox_oldest_unsent_age_seconds{node=\"node\",site=\"site\"}"] > 0);
        Assert.Equal(0, waiting["sensing_publisher_connected{node=\"node\",site=\"site\"}"]);
        Assert.Equal(9, waiting.Count(series => series.Key.StartsWith("sensing_outbox_dropped_total", StringComparison.Ordinal) && series.Value == 0));

        await using TestBroker broker = await TestBroker.StartAsync(brokerPort);
        string? poison = null;
        string? later = null;
        broker.Answer = (received, times) =>
        {
            poison ??= received.Id;
            later ??= received.Id == poison ? null : received.Id;
            return received.Id == poison ? MqttPubAckReasonCode.NotAuthorized
                : received.Id == later && times == 1 ? MqttPubAckReasonCode.QuotaExceeded
                : MqttPubAckReasonCode.Success;
        };
        IReadOnlyDictionary<string, double> sent = await ScrapeUntilAsync(program, http, metrics => Sum(metrics, "sensing_outbox_events") == 0);
        Assert.Equal(303, sent["sensing_publisher_acknowledged_total{node=\"node\",site=\"site\"}"]);
        Assert.Equal(1, sent["sensing_publisher_refused_total{node=\"node\",outcome=\"dead_letter\",site=\"site\"}"]);
        Assert.Equal(1, sent["sensing_publisher_refused_total{node=\"node\",outcome=\"retry\",site=\"site\"}"]);
        Assert.Equal(305, sent["sensing_publisher_published_total{node=\"node\",site=\"site\"}"]);
        Assert.Equal(1, sent["sensing_publisher_connections_total{node=\"node\",site=\"site\"}"]);
        Assert.Equal(1, sent["sensing_publisher_connected{node=\"node\",site=\"site\"}"]);
        Assert.Equal(1, sent["sensing_outbox_dead_letters{node=\"node\",site=\"site\"}"]);
        Assert.Equal(0, sent["sensing_outbox_oldest_unsent_age_seconds{node=\"node\",site=\"site\"}"]);
        Assert.Equal(303, broker.Distinct.Count);
    }

    [Fact]
    public async Task Who_asks_while_the_listener_is_made_does_no_harm()
    {
        int port = LoopbackPort.Free();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task asking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = new TcpClient();
                try
                {
                    await client.ConnectAsync("127.0.0.1", Volatile.Read(ref port), stop.Token);
                }
                catch (Exception error) when (error is SocketException or OperationCanceledException)
                {
                    // Nobody listens there at the moment.
                }
            }
        }, Cancellation);

        // Each time elsewhere, as a process makes it once: .NET's listener may leave its port a moment after it was disposed.
        for (int i = 0; i < 100; i++)
        {
            NodeTelemetry.Start(new NodeOptions { Site = "site", Node = "node", Telemetry = new TelemetryOptions { Prometheus = true, Port = port } }, NullLoggerFactory.Instance)!.Dispose();
            Volatile.Write(ref port, LoopbackPort.Free());
        }

        await stop.CancelAsync();
        await asking;
    }

    [Fact]
    public void A_port_that_is_taken_is_told_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var telemetry = new TelemetryOptions { Prometheus = true, Port = ((IPEndPoint)taken.LocalEndpoint).Port };

        NodeException refused = Assert.Throws<NodeException>(() => NodeTelemetry.Start(new NodeOptions { Site = "site", Node = "node", Telemetry = telemetry }, NullLoggerFactory.Instance));

        Assert.Contains("Choose another telemetry.port", refused.Message, StringComparison.Ordinal);
    }

    private static double Sum(IReadOnlyDictionary<string, double> metrics, string name) =>
        metrics.Where(series => series.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(series => series.Value);

    /// <summary>Scrapes until <paramref name="holds"/>; a node that is starting does not answer yet.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> ScrapeUntilAsync(
        ProgramProcess program, HttpClient http, Func<IReadOnlyDictionary<string, double>, bool> holds)
    {
        string last = "";
        try
        {
            while (true)
            {
                Assert.False(program.HasExited, program.Output);
                try
                {
                    IReadOnlyDictionary<string, double> metrics = await PrometheusText.ScrapeAsync(http, Cancellation);
                    if (holds(metrics))
                    {
                        return metrics;
                    }

                    last = string.Join('\n', metrics.Where(series => series.Value != 0));
                }
                catch (HttpRequestException error) when (error.StatusCode is null)
                {
                    last = error.Message;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            throw new ProgramException($"Waited in vain. The last answer:\n{last}\nThe node printed:\n{program.Output}");
        }
    }
}
