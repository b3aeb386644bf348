using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.EdgeNode.Streams;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Publishing;

/// <summary>One connection to the broker, from CONNACK to its loss.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private readonly IMqttClient _client;
    private readonly CancellationTokenSource _lost;
    private readonly TaskCompletionSource _lostSignal;
    private readonly MqttClientConnectResult _result;
    private readonly int _mostInFlight;

    private BrokerSession(
        IMqttClient client, CancellationTokenSource lost, TaskCompletionSource lostSignal, MqttClientConnectResult result, int mostInFlight)
    {
        _client = client;
        _lost = lost;
        _lostSignal = lostSignal;
        _result = result;
        _mostInFlight = mostInFlight;
    }

    /// <summary>Completes when the connection is gone.</summary>
    public Task Lost => _lostSignal.Task;

    /// <summary>Why it is gone, as the broker said; null where it said nothing.</summary>
    public MqttClientDisconnectReason? LostReason { get; private set; }

    /// <summary>Most messages in flight: what is configured, or fewer where the broker asks for it.</summary>
    public int Window => Math.Min(_mostInFlight, _result.ReceiveMaximum is { } most and > 0 ? most : ushort.MaxValue);

    /// <summary>Largest packet that the broker takes; null where it does not say.</summary>
    public long? MaximumPacketSize => _result.MaximumPacketSize is { } most and > 0 ? most : null;

    /// <exception cref="ConnectionRefusedException">The broker refuses, or certificate or password cannot be read.</exception>
    public static async Task<BrokerSession> ConnectAsync(
        MqttOptions options, BrokerFiles files, NodeVoice voice, TimeProvider time, CancellationToken cancellation)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient(new BatchedAdapterFactory());
        var lost = new CancellationTokenSource();
        var lostSignal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BrokerSession? session = null;
        MqttClientDisconnectReason? reason = null;
        client.DisconnectedAsync += gone =>
        {
            // Without a word from the broker MQTTnet reports NormalDisconnection.
            reason = gone.Reason == MqttClientDisconnectReason.NormalDisconnection ? null : gone.Reason;
            if (session is not null)
            {
                session.LostReason = reason;
            }

            lost.Cancel();
            lostSignal.TrySetResult();
            return Task.CompletedTask;
        };

        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.ConnectTimeoutSeconds), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
            MqttClientConnectResult result = await client.ConnectAsync(Options(options, files, voice), either.Token);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                string said = string.IsNullOrEmpty(result.ReasonString) ? "" : $", '{result.ReasonString}'";
                throw new ConnectionRefusedException($"the broker refuses the node ({result.ResultCode}{said}). {Verdicts.Remedy(result.ResultCode)}");
            }

            session = new BrokerSession(client, lost, lostSignal, result, options.MaxInFlight) { LostReason = reason };
            return session;
        }
        catch (Exception error)
        {
            client.Dispose();
            if (error is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"no connection within {options.ConnectTimeoutSeconds:R} s", error);
            }

            throw;
        }
    }

    /// <summary>Receives what the node's streams read from other nodes, until it is disposed.</summary>
    public SiteSubscription Hear(NodeVoice voice, SiteEvents events, ILogger logger) => new(_client, voice.Site, voice.Node, events, logger);

    /// <summary>Receives the manifests of models that the node fetches, until it is disposed.</summary>
    public ModelSubscription Hear(ModelUpdates models, ILogger logger) => new(_client, models, logger);

    /// <summary>Sends a message; those sent one after the other go out in that order. Faults when the connection is lost.</summary>
    public async Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage message)
    {
        // The client may miss to fail what is sent while it disconnects, so the loss cancels it too.
        return await _client.PublishAsync(message, _lost.Token);
    }

    /// <summary>Says goodbye, so that the last will is not sent.</summary>
    public async Task DisconnectAsync()
    {
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions { Reason = MqttClientDisconnectOptionsReason.NormalDisconnection });
        }
        catch (Exception error) when (error is MQTTnet.Exceptions.MqttCommunicationException or InvalidOperationException or OperationCanceledException)
        {
            // It was gone already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync();
        _client.Dispose();
        _lostSignal.TrySetResult();
    }

    private static MqttClientOptions Options(MqttOptions options, BrokerFiles files, NodeVoice voice)
    {
        SensorEvent will = voice.Event(NodeState.Offline);
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId ?? $"{voice.Site}.{voice.Node}")
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)options.SessionExpirySeconds)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(options.KeepAliveSeconds))
            .WithTimeout(TimeSpan.FromSeconds(options.ConnectTimeoutSeconds))
            .WithWillTopic(voice.Topic)
            .WithWillPayload(will.Data.ToArray())
            .WithWillContentType("application/json")
            .WithWillRetain(true)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillDelayInterval((uint)options.WillDelaySeconds);
        foreach (MQTTnet.Packets.MqttUserProperty property in MqttMessages.Attributes(will))
        {
            builder.WithWillUserProperty(property.Name, property.ValueBuffer);
        }

        if (options.User is { } user)
        {
            builder.WithCredentials(user, files.Password() ?? []);
        }

        if (options.Tls.Enabled)
        {
            builder.WithTlsOptions(files.Tls());
        }

        return builder.Build();
    }
}
