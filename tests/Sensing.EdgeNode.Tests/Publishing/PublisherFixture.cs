using Microsoft.Extensions.Logging.Abstractions;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Publishing;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Publishing;

/// <summary>A publisher over an outbox of its own, with waits short enough for a test.</summary>
internal sealed class PublisherFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public PublisherFixture(MqttOptions options, string node = "node", SiteEvents? site = null)
    {
        Outbox = EventOutbox.Open(_folder["outbox.db"], new OutboxOptions { CommitEveryMs = 0 }, TimeProvider.System, NullLogger.Instance);
        MqttOptions quick = options with { Host = "127.0.0.1", Backoff = new BackoffOptions { InitialSeconds = 0.02, MaxSeconds = 0.2 } };
        Publisher = new Publisher(
            quick, _folder.Path, new NodeVoice("site", node, Status), Outbox, TimeProvider.System, seed: 7, NullLogger.Instance, site: site);
    }

    public EventOutbox Outbox { get; }

    public Publisher Publisher { get; }

    public Task AppendAsync(params SensorEvent[] events) => Outbox.AppendAsync(events, null, TestContext.Current.CancellationToken);

    public void Start(double drainSeconds = 10) =>
        _running = Task.Run(() => Publisher.RunAsync(TimeSpan.FromSeconds(drainSeconds), () => true, _stop.Token));

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Waits until the outbox satisfies <paramref name="when"/>: what the publisher does to it has no other signal.</summary>
    public async Task WaitAsync(Func<OutboxStatistics, PublisherState, bool> when)
    {
        while (!when(Outbox.Statistics, Publisher.State))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Outbox.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    private static NodeStatus Status(NodeState state) => new()
    {
        State = state,
        Version = "1",
        StartedAt = EventMaker.Noon,
        SentAt = EventMaker.Noon,
        OutboxEvents = 0,
        OutboxBytes = 0,
        OldestUnsentSeconds = 0,
        DeadLetters = 0,
        Streams = [],
    };
}
