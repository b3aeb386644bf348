using System.Diagnostics.Metrics;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Publishing;
using Sensing.EdgeNode.Status;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Telemetry;

/// <summary>The instruments of a node: what waits, what was sent, what was lost, how its streams go. docs/operations.md lists them.</summary>
/// <remarks>All of them are read when somebody looks, from the counts that the node keeps anyway: without a reader they cost nothing.</remarks>
internal sealed class NodeMetrics : IDisposable
{
    public const string MeterName = "Sensing.EdgeNode";

    private readonly Meter _meter = new(MeterName);
    private readonly KeyValuePair<string, object?>[] _node;

    /// <param name="site">Site, on every measurement: several nodes may live in a process.</param>
    /// <param name="node">Node, likewise.</param>
    /// <param name="outbox">What the outbox holds.</param>
    /// <param name="publisher">The way to the broker.</param>
    /// <param name="tally">What was published.</param>
    /// <param name="streams">The streams that run.</param>
    public NodeMetrics(
        string site, string node, Func<OutboxStatistics> outbox, Func<PublisherState> publisher, PublisherTally tally, Func<StreamMonitor[]> streams)
    {
        _node = [new("site", site), new("node", node)];
        _meter.CreateObservableUpDownCounter("sensing.outbox.events", () => outbox().Depths.Select(depth =>
            Of(depth.Events, ("priority", Word(depth.Priority)))), "{event}", "Events that wait in the outbox.");
        _meter.CreateObservableUpDownCounter("sensing.outbox.size", () => outbox().Depths.Select(depth =>
            Of(depth.Bytes, ("priority", Word(depth.Priority)))), "By", "Bytes that wait in the outbox, as its bounds count them.");
        _meter.CreateObservableGauge("sensing.outbox.oldest_unsent_age", () => Of(outbox().OldestSeconds), "s", "Age of the oldest event that waits, since its commit; 0 where none waits.");
        _meter.CreateObservableCounter("sensing.outbox.dropped", () => outbox().Drops.Select(drops =>
            Of(drops.Events, ("reason", drops.Reason), ("priority", Word(drops.Priority)))), "{event}", "Events that were dropped and will never be sent.");
        _meter.CreateObservableUpDownCounter("sensing.outbox.dead_letters", () => Of(outbox().DeadLetters), "{event}", "Events that the broker refused for good and that are kept.");
        _meter.CreateObservableGauge("sensing.outbox.blocked", () => Of(outbox().Problem is null ? 0L : 1), "1", "1 while nothing can be committed (disk full), else 0.");

        _meter.CreateObservableCounter("sensing.publisher.published", () => Of(tally.Published), "{event}", "Events sent to the broker, each repeat counted.");
        _meter.CreateObservableCounter("sensing.publisher.acknowledged", () => Of(tally.Acknowledged), "{event}", "Events that the broker has taken.");
        _meter.CreateObservableCounter("sensing.publisher.refused", () => new[]
        {
            Of(tally.RefusedForNow, ("outcome", "retry")),
            Of(tally.RefusedForGood, ("outcome", "dead_letter")),
        }, "{event}", "Events that the broker refused: tried again, or made dead letters.");
        _meter.CreateObservableCounter("sensing.publisher.connections", () => Of(tally.Connections), "{connection}", "Connections made to the broker; more than one: it reconnected.");
        _meter.CreateObservableGauge("sensing.publisher.connected", () => Of(publisher().Connected ? 1L : 0), "1", "1 while there is a connection to the broker, else 0.");

        OfStreams("sensing.stream.blocks", "{block}", "Blocks of samples processed.", streams, status => status.Blocks);
        OfStreams("sensing.stream.dropped_blocks", "{block}", "Blocks that a live source had to drop because the pipeline was behind.", streams, status => status.DroppedBlocks);
        OfStreams("sensing.stream.events", "{event}", "Events committed to the outbox.", streams, status => status.Events);
        _meter.CreateObservableCounter("sensing.stream.restarts", () => streams().SelectMany(monitor => new[]
        {
            Of(monitor.Stalls, ("stream", monitor.Status.Name), ("reason", "stalled")),
            Of(monitor.Status.Restarts - monitor.Stalls, ("stream", monitor.Status.Name), ("reason", "failed")),
        }), "{restart}", "Restarts of a stream: by the watchdog because nothing moved, or after a failure.");
        _meter.CreateObservableCounter("sensing.stream.notices", () => streams().SelectMany(monitor => monitor.Notices.Select(notice =>
            Of(notice.Value, ("stream", monitor.Status.Name), ("code", notice.Key)))), "{notice}", "What sources reported besides their samples, by code: gaps, damaged files.");
        _meter.CreateObservableGauge("sensing.stream.running", () => streams().Select(monitor =>
            Of(monitor.Status.State is StreamState.Running or StreamState.Finished ? 1L : 0, ("stream", monitor.Status.Name))), "1", "1 while a stream runs or has read its recording to the end, else 0.");
        _meter.CreateObservableGauge("sensing.node.clock_offset", () => ClockState.Read().OffsetSeconds is { } offset
            ? [Of(offset)]
            : Array.Empty<Measurement<double>>(), "s", "Offset of the node's clock, where the system tells.");
    }

    public void Dispose() => _meter.Dispose();

    private static string Word(EventPriority priority) => priority switch
    {
        EventPriority.Alarm => "alarm",
        EventPriority.Fact => "fact",
        _ => "telemetry",
    };

    private void OfStreams(string name, string unit, string description, Func<StreamMonitor[]> streams, Func<StreamStatus, long> value) =>
        _meter.CreateObservableCounter(name, () => streams().Select(monitor => monitor.Status)
            .Select(status => Of(value(status), ("stream", status.Name), ("pipeline", status.Pipeline))), unit, description);

    private Measurement<T> Of<T>(T value, params ReadOnlySpan<(string Name, string Value)> tags)
        where T : struct
    {
        var all = new KeyValuePair<string, object?>[_node.Length + tags.Length];
        _node.CopyTo(all, 0);
        for (int i = 0; i < tags.Length; i++)
        {
            all[_node.Length + i] = new(tags[i].Name, tags[i].Value);
        }

        return new Measurement<T>(value, all);
    }
}
