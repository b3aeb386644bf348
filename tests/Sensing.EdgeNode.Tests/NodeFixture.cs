using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Hosting;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests;

/// <summary>A node in the test's own process, with its broker absent unless the test brings one.</summary>
internal sealed class NodeFixture(StreamCatalogue catalogue, TimeProvider? time = null) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public TemporaryFolder Folder { get; } = new();

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public EdgeNodeHost Host { get; private set; } = null!;

    /// <summary>Checked options of a node with these streams; port 1 is nobody's.</summary>
    public NodeOptions Options(string streams, int port = 1, string outbox = "", int stallSeconds = 60)
    {
        string text = $$"""
            {
              "site": "site", "node": "node", "dataDirectory": "{{Folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port}}, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.2 } },
              "outbox": { {{outbox}} "commitEveryMs": 0, "whenFull": "block" },
              "watchdog": { "stallSeconds": {{stallSeconds}}, "graceSeconds": 1, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.1 } },
              "checkpointSeconds": 0.02, "stopDrainSeconds": 5,
              "streams": [{{streams}}]
            }
            """;
        ConfigurationResult<NodeOptions> result = new NodeConfiguration(catalogue).Parse(text, [], []);
        Assert.Empty(result.Problems);
        return result.Value!;
    }

    public async Task StartAsync(NodeOptions options, ILoggerFactory? logs = null)
    {
        Host = new EdgeNodeHost(options, Folder.Path, catalogue, Time, logs ?? NullLoggerFactory.Instance, seed: 1);
        _running = Task.Run(() => Host.RunAsync(_stop.Token));
        await Host.Started;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        while (Time is Microsoft.Extensions.Time.Testing.FakeTimeProvider fake && !_running.IsCompleted)
        {
            // The bounds of a stop are waited for by the node's clock.
            fake.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(_running, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        await _running;
    }

    public StreamStatus Stream(string name = "a") => Host.Status().Streams.Single(stream => stream.Name == name);

    /// <summary>Waits until the node's status satisfies <paramref name="when"/>; status is what a node shows of itself.</summary>
    public async Task WaitAsync(Func<NodeStatus, bool> when)
    {
        while (!when(Host.Status()))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The unsent events of a stopped node, without those in which the node speaks of itself.</summary>
    public async Task<IReadOnlyList<SensorEvent>> EventsAsync()
    {
        await using EventOutbox outbox = EventOutbox.Open(Path.Combine(Folder["data"], "outbox.db"), new OutboxOptions(), TimeProvider.System, NullLogger.Instance);
        return [.. outbox.Take(int.MaxValue).Select(entry => entry.Event)];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Host?.Dispose();
        _stop.Dispose();
        Folder.Dispose();
    }
}
