using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Sensing.Das.Events;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Outbox;
using Sensing.EdgeNode.Publishing;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>The outboxes and publishers of several edge nodes, with the defaults of the edge node, in this process;
/// events are
/// appended to them at a given rate.</summary>
public sealed class EdgeOutboxes : IAsyncDisposable
{
    private const int Streams = 4;

    /// <summary>Time between two appends to an outbox.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Node[] _nodes;

    /// <param name="nodes">How many nodes share the load.</param>
    /// <param name="port">The MQTT broker's, on loopback.</param>
    public EdgeOutboxes(int nodes, int port) =>
        _nodes = [.. Enumerable.Range(0, nodes).Select(number => new Node($"edge-{number}", _folder.Path, port, _stop.Token))];

    /// <summary>Appends events to all of them until there are <paramref name="count"/> more.</summary>
    /// <param name="count">Events of all nodes together.</param>
    /// <param name="rate">Events a second of all nodes together.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Events a second that were committed.</returns>
    public async Task<double> AppendAsync(int count, double rate, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        int share = count / _nodes.Length;
        await Task.WhenAll(_nodes.Select(node =>
            Task.Run(() => node.AppendAsync(share, rate / _nodes.Length, cancellation), cancellation)));
        return count / watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (Node node in _nodes)
        {
            await node.DisposeAsync();
        }

        _stop.Dispose();
        _folder.Dispose();
    }

    /// <summary>One node: outbox and publisher.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly string _name;
        private readonly EventOutbox _outbox;
        private readonly Task _publishing;
        private readonly ReadOnlyMemory<byte>[] _payloads;
        private readonly StreamAddress[] _streams;
        private long _made;

        public Node(string name, string folder, int port, CancellationToken stop)
        {
            _name = name;
            _outbox = EventOutbox.Open(Path.Combine(folder, $"{name}.db"), new OutboxOptions(), TimeProvider.System, NullLogger.Instance);
            _payloads = [.. DeliveryEvents.Create(name, Streams, 1000).Select(item => item.Data)];
            _streams = [.. Enumerable.Range(0, Streams).Select(stream => new StreamAddress("delivery", name, $"fibre-{stream}"))];
            var publisher = new Publisher(
                new MqttOptions { Host = "127.0.0.1", Port = port }, folder, new NodeVoice("delivery", name, Status), _outbox, TimeProvider.System,
                seed: 1, NullLogger.Instance);
            _publishing = Task.Run(() => publisher.RunAsync(TimeSpan.Zero, () => true, stop), CancellationToken.None);
        }

        public async Task AppendAsync(int count, double rate, CancellationToken cancellation)
        {
            Task commit = Task.CompletedTask;
            using var timer = new PeriodicTimer(Tick);
            var watch = Stopwatch.StartNew();
            for (int sent = 0; sent < count; await timer.WaitForNextTickAsync(cancellation))
            {
                int due = (int)Math.Min(count, watch.Elapsed.TotalSeconds * rate) - sent;
                if (due > 0)
                {
                    commit = await _outbox.QueueAsync([.. Enumerable.Range(0, due).Select(_ => Next())], null, cancellation);
                    sent += due;
                }
            }

            await commit;
        }

        public async ValueTask DisposeAsync()
        {
            await _publishing;
            await _outbox.DisposeAsync();
        }

        /// <summary>Vehicles with known ids, a second apart within a stream; the payloads are made before.</summary>
        private SensorEvent Next()
        {
            long number = _made++;
            StreamAddress stream = _streams[number % Streams];
            DateTimeOffset time = Start.AddSeconds(number / Streams);
            string type = DasEvents.Vehicle.Name.ToString();
            return new SensorEvent(
                EventId.Create(stream.Source, type, time, ""), stream, type, time, EventPriority.Fact, _payloads[number % _payloads.Length]);
        }

        private NodeStatus Status(NodeState state) => new()
        {
            State = state,
            Version = _name,
            StartedAt = Start,
            SentAt = TimeProvider.System.GetUtcNow(),
            OutboxEvents = 0,
            OutboxBytes = 0,
            OldestUnsentSeconds = 0,
            DeadLetters = 0,
            Streams = [],
        };
    }
}
