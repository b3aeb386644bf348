using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Bridge;

/// <summary>One connection to another broker, from CONNECT to its end: what it publishes goes to the intake as it comes, and is acknowledged, in its order, once it is durable.</summary>
/// <remarks>Made of MQTTnet's packets and transport, without its client: that hands every message through several queues and threads
/// and sends every acknowledgement by itself. At most the receive maximum is under way; where the intake has no room, nothing is read.</remarks>
internal sealed partial class BridgeConnection : IDisposable
{
    /// <summary>Marks what comes through the own, unshared subscription to node states. A shared one gets no retained messages.</summary>
    private const uint StatusSubscription = 2;

    private const uint EventSubscription = 1;

    private readonly ExternalBrokerOptions _options;
    private readonly MessageIntake _intake;
    private readonly TimeProvider _time;
    private readonly MqttClientOptions _client;
    private readonly PacketChannel _channel;
    private readonly Channel<Pending> _pending;
    private readonly MessageReader _reader;
    private readonly KnownStreams _known;
    private readonly TaskCompletionSource<MqttSubAckPacket>[] _subscribed = [New(), New()];
    private long _waitsSince;

    public BridgeConnection(ExternalBrokerOptions options, LimitOptions limits, MessageIntake intake, MessageReader reader, TimeProvider time)
    {
        _options = options;
        _intake = intake;
        _reader = reader;
        _known = new KnownStreams(reader.Events);
        _time = time;
        _client = BrokerClientOptions.Create(options, limits);
        _channel = new PacketChannel(_client, limits.MaxPacketBytes);
        _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.ReceiveMaximum) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>Runs until the connection ends.</summary>
    /// <param name="connected">Called once both subscriptions are there.</param>
    /// <param name="stopping">Ends it with a DISCONNECT.</param>
    /// <exception cref="IOException">The broker refuses, cannot be reached, has closed or is silent.</exception>
    public async Task RunAsync(Action connected, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await ConnectAsync(stopping).ConfigureAwait(false);
        Task[] parts = [ReadAsync(end.Token), AcknowledgeAsync(end.Token), KeepAliveAsync(end.Token), SubscribeAsync(connected, end.Token)];
        try
        {
            // The last one is the only one that may end well.
            Task first = await Task.WhenAny(parts).ConfigureAwait(false);
            await (first == parts[3] && first.IsCompletedSuccessfully ? await Task.WhenAny(parts[..3]).ConfigureAwait(false) : first).ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_pending.Reader.TryRead(out Pending rest))
            {
                _intake.GiveUp(rest.Durable);
            }

            if (stopping.IsCancellationRequested)
            {
                await DisconnectAsync().ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _channel.Dispose();

    private async Task ConnectAsync(CancellationToken stopping)
    {
        using var bound = new CancellationTokenSource(_client.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, bound.Token);
        try
        {
            await _channel.ConnectAsync(either.Token).ConfigureAwait(false);
            await _channel.WriteAsync(MqttConnectPacketFactory.Create(_client), either.Token).ConfigureAwait(false);
            ReceivedPacket received;
            while (!_channel.TryRead(out received))
            {
                if (!await _channel.FillAsync(either.Token).ConfigureAwait(false))
                {
                    throw new IOException("the broker closed the connection before it answered");
                }
            }

            MqttPacket answer = _channel.Decode(received);
            if (answer is not MqttConnAckPacket { ReasonCode: MqttConnectReasonCode.Success })
            {
                throw new IOException(answer is MqttConnAckPacket refusal
                    ? $"the broker refuses the connection ({refusal.ReasonCode}{(refusal.ReasonString is { } reason ? $", {reason}" : "")})"
                    : $"the broker answered a connection with {answer.GetType().Name}");
            }
        }
        catch (Exception) when (bound.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new IOException($"the broker did not answer within {_client.Timeout.TotalSeconds} s");
        }
    }

    private async Task SubscribeAsync(Action connected, CancellationToken cancellation)
    {
        (string Filter, uint Identifier)[] filters =
            [($"$share/{_options.SharedGroup}/sensing/v1/#", EventSubscription), ("sensing/v1/+/+/status", StatusSubscription)];
        foreach ((string filter, uint identifier) in filters)
        {
            await _channel.WriteAsync(
                new MqttSubscribePacket
                {
                    PacketIdentifier = (ushort)identifier,
                    SubscriptionIdentifier = identifier,
                    TopicFilters =
                    [
                        new MqttTopicFilter
                        {
                            Topic = filter,
                            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                            RetainAsPublished = true,
                            RetainHandling = MqttRetainHandling.SendAtSubscribe,
                        },
                    ],
                },
                cancellation).ConfigureAwait(false);
            MqttSubAckPacket answer = await AnswerAsync(_subscribed[identifier - 1].Task, cancellation).ConfigureAwait(false);
            if (answer.ReasonCodes.FirstOrDefault(code => (int)code >= 0x80) is var refused && (int)refused >= 0x80)
            {
                throw new IOException($"the broker refuses the subscription to {filter} ({refused})");
            }
        }

        connected();
    }

    /// <summary>Waits for a broker that is slow; what it sent before its answer may wait for room in the log, and then the answer has not been looked for.</summary>
    private async Task<MqttSubAckPacket> AnswerAsync(Task<MqttSubAckPacket> answer, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await answer.WaitAsync(_client.Timeout, _time, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException) when (Interlocked.Read(ref _waitsSince) == 0)
            {
                // Once more.
            }
        }
    }

    /// <summary>Acknowledges in the order in which messages came, each once it is durable; those that are durable together in one write.</summary>
    private async Task AcknowledgeAsync(CancellationToken cancellation)
    {
        var ready = new List<ushort>();
        while (await _pending.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            int acknowledged = 0;
            int settled = 0;
            while (_pending.Reader.TryPeek(out Pending next))
            {
                if (next.Durable is { IsCompletedSuccessfully: false } durable)
                {
                    if (ready.Count > 0 || settled > 0)
                    {
                        break;
                    }

                    await durable.WaitAsync(cancellation).ConfigureAwait(false);
                }

                _pending.Reader.TryRead(out _);
                if (next.Durable is not null)
                {
                    settled++;
                    acknowledged += next.Identifier == 0 ? 0 : 1;
                }

                if (next.Identifier != 0)
                {
                    ready.Add(next.Identifier);
                }
            }

            _intake.Settled(settled);
            if (ready.Count > 0)
            {
                await _channel.AcknowledgeAsync(ready, cancellation).ConfigureAwait(false);
                _intake.Acknowledged(acknowledged);
                ready.Clear();
            }
        }
    }

    /// <summary>Keeps a quiet connection, and ends one whose broker is silent although it was asked.</summary>
    private async Task KeepAliveAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_client.KeepAlivePeriod / 3, _time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            // Not while the intake has no room: then nobody listens for the broker's answer.
            if (Interlocked.Read(ref _waitsSince) is not 0 and long since && _time.GetElapsedTime(since) > _client.KeepAlivePeriod + _client.Timeout)
            {
                throw new IOException($"the broker has not answered for {_time.GetElapsedTime(since).TotalSeconds:0} s");
            }

            await _channel.WriteAsync(MqttPingReqPacket.Instance, cancellation).ConfigureAwait(false);
        }
    }

    private async Task DisconnectAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        try
        {
            await _channel.WriteAsync(new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.NormalDisconnection }, bound.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It ends anyway; the broker then sees a connection that was lost, which means the same to this session.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static TaskCompletionSource<MqttSubAckPacket> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="Identifier">Of the PUBLISH; 0 where it asks for no acknowledgement.</param>
    /// <param name="Durable">Null where there is nothing to wait for.</param>
    private readonly record struct Pending(ushort Identifier, Task? Durable);
}
