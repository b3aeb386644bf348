using System.Collections.Concurrent;
using System.Net;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests;

/// <summary>A broker inside the test that collects events and answers as the test says.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, int> _seen = new();
    private readonly List<ReceivedEvent> _events = [];
    private readonly List<(Func<IReadOnlyList<ReceivedEvent>, bool> When, TaskCompletionSource Signal)> _waiting = [];

    private TestBroker(int port)
    {
        Port = port;
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
            .Build());
        _server.InterceptingPublishAsync += Take;
        _server.ValidatingConnectionAsync += connection =>
        {
            connection.ReasonCode = Admit(connection);
            return Task.CompletedTask;
        };
    }

    public int Port { get; }

    /// <summary>The answer to each event; the second argument tells how often this id has come, from 1.</summary>
    public Func<ReceivedEvent, int, MqttPubAckReasonCode> Answer { get; set; } = (_, _) => MqttPubAckReasonCode.Success;

    /// <summary>Whether the broker ends the connection when it gets this event.</summary>
    public Func<ReceivedEvent, bool> HangsUpOn { get; set; } = _ => false;

    public Func<ValidatingConnectionEventArgs, MqttConnectReasonCode> Admit { get; set; } = _ => MqttConnectReasonCode.Success;

    /// <summary>Node states in the order in which they were published.</summary>
    public ConcurrentQueue<string> Statuses { get; } = new();

    /// <summary>Events that were answered with success, repeats included, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The first copy of each, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedEvent> Distinct => [.. Events.DistinctBy(e => e.Id)];

    public static async Task<TestBroker> StartAsync(int? port = null)
    {
        var broker = new TestBroker(port ?? LoopbackPort.Free());
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>Waits until what has arrived satisfies <paramref name="when"/>.</summary>
    public async Task WaitAsync(Func<IReadOnlyList<ReceivedEvent>, bool> when, CancellationToken cancellation)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (when(_events))
            {
                return;
            }

            _waiting.Add((when, signal));
        }

        await signal.Task.WaitAsync(cancellation);
    }

    public Task WaitForDistinctAsync(int count, CancellationToken cancellation) =>
        WaitAsync(events => events.Count >= count && events.DistinctBy(e => e.Id).Count() >= count, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private Task Take(InterceptingPublishEventArgs publish)
    {
        MqttApplicationMessage message = publish.ApplicationMessage;
        publish.ProcessPublish = false;
        string Property(string name) => message.UserProperties?.FirstOrDefault(p => p.Name == name) is { } property ? System.Text.Encoding.UTF8.GetString(property.ValueBuffer.Span) : "";
        if (message.Topic.EndsWith("/status", StringComparison.Ordinal))
        {
            Statuses.Enqueue(System.Text.Json.JsonDocument.Parse(message.Payload).RootElement.GetProperty("state").GetString()!);
            return Task.CompletedTask;
        }

        var received = new ReceivedEvent(
            Property("id"), message.Topic, Property("source"), Property("type"), Property("time"), Property("sensingcommitted"),
            message.ContentType, System.Buffers.BuffersExtensions.ToArray(message.Payload));
        if (HangsUpOn(received))
        {
            publish.CloseConnection = true;
            return Task.CompletedTask;
        }

        int times = _seen.AddOrUpdate(received.Id, 1, (_, before) => before + 1);
        publish.Response.ReasonCode = Answer(received, times);
        if (publish.Response.ReasonCode == MqttPubAckReasonCode.Success)
        {
            lock (_lock)
            {
                _events.Add(received);
                foreach ((_, TaskCompletionSource signal) in _waiting.Where(waiting => waiting.When(_events)))
                {
                    signal.TrySetResult();
                }
            }
        }

        return Task.CompletedTask;
    }
}
