using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Telemetry;

namespace Sensing.CloudIngest.Bridge;

/// <summary>Reads another broker: a shared subscription, acknowledged by hand after the log has the message.</summary>
/// <remarks>Fixed client id, clean start off and a session that outlives the connection: what was not acknowledged comes again. At most
/// the receive maximum is under way, since MQTTnet queues whatever the broker sends.</remarks>
public sealed partial class ExternalBridge : BackgroundService, INodePresence
{
    /// <summary>Marks what comes through the own, unshared subscription to node states. A shared one gets no retained messages.</summary>
    private const uint StatusSubscription = 2;

    private const uint EventSubscription = 1;

    private readonly ExternalBrokerOptions _options;
    private readonly LimitOptions _limits;
    private readonly MessageIntake _intake;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly CloudMetrics _metrics;
    private readonly ILogger<ExternalBridge> _logger;
    private volatile string? _problem = "not connected to the MQTT broker yet";

    /// <param name="options">Where the broker is.</param>
    /// <param name="limits">Largest packet.</param>
    /// <param name="intake">Where messages go.</param>
    /// <param name="time">Clock of the waits between tries.</param>
    /// <param name="seed">Of the jitter, so that many bridges do not come back at one instant.</param>
    /// <param name="metrics">Counts connections.</param>
    /// <param name="logger">Told once when the broker goes and once when it is back.</param>
    public ExternalBridge(
        ExternalBrokerOptions options, LimitOptions limits, MessageIntake intake, TimeProvider time, int seed, CloudMetrics metrics,
        ILogger<ExternalBridge> logger)
    {
        _metrics = metrics;
        _options = options;
        _limits = limits;
        _intake = intake;
        _time = time;
        _jitter = new Random(seed);
        _logger = logger;
    }

    public string? Problem => _problem;

    /// <summary>The other broker knows its connections and does not tell: the node's own word or its last will counts.</summary>
    public bool? IsConnected(string site, string node) => null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(_options.MaxBackoffSeconds), _jitter);
        bool told = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunConnectionAsync(
                    () =>
                    {
                        _problem = null;
                        _metrics.BridgeConnected();
                        backoff.Reset();
                        told = false;
                        Connected(_options.Host, _options.Port);
                    },
                    stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever happened to a connection, the next one is tried; the reason is told and shown as not ready.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _problem = $"no connection to the MQTT broker {_options.Host}:{_options.Port}: {error.Message}";
                if (!told)
                {
                    told = true;
                    Disconnected(_options.Host, _options.Port, error.Message);
                }
            }

            if (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(backoff.Next(), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _problem = "stopped";
    }

    /// <summary>One connection, from connect to its end. Every connection has a client of its own, so nothing of the one before is acknowledged in it.</summary>
    private async Task RunConnectionAsync(Action connected, CancellationToken stopping)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pending = Channel.CreateBounded<(MqttApplicationMessageReceivedEventArgs Message, Task Committed)>(
            new BoundedChannelOptions(_options.ReceiveMaximum) { SingleReader = true });
        client.DisconnectedAsync += gone =>
        {
            lost.TrySetException(new IOException(gone.Exception?.Message ?? $"the broker closed the connection ({gone.Reason})"));
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += async message =>
        {
            message.AutoAcknowledge = false;
            Task committed = IsSecondCopy(message.ApplicationMessage)
                ? Task.CompletedTask
                : await _intake.TakeAsync(
                    MqttProperties.Message(
                        message.ApplicationMessage.Topic, message.ApplicationMessage.Payload, message.ApplicationMessage.ContentType,
                        message.ApplicationMessage.UserProperties),
                    end.Token).ConfigureAwait(false);
            await pending.Writer.WriteAsync((message, committed), end.Token).ConfigureAwait(false);
        };

        MqttClientConnectResult result = await client.ConnectAsync(BrokerClientOptions.Create(_options, _limits), stopping).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new IOException($"the broker refuses the connection ({result.ResultCode}{(result.ReasonString is { } reason ? $", {reason}" : "")})");
        }

        Task acknowledging = AcknowledgeAsync(pending.Reader, end.Token);
        try
        {
            await SubscribeAsync(client, $"$share/{_options.SharedGroup}/sensing/v1/#", EventSubscription, stopping).ConfigureAwait(false);
            await SubscribeAsync(client, "sensing/v1/+/+/status", StatusSubscription, stopping).ConfigureAwait(false);
            connected();
            Task first = await Task.WhenAny(lost.Task, acknowledging).WaitAsync(stopping).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (client.IsConnected)
            {
                await client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null!).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Acknowledges in the order in which messages came, each after its commit.</summary>
    private async Task AcknowledgeAsync(
        ChannelReader<(MqttApplicationMessageReceivedEventArgs Message, Task Committed)> pending, CancellationToken cancellation)
    {
        await foreach ((MqttApplicationMessageReceivedEventArgs message, Task committed) in pending.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await committed.WaitAsync(cancellation).ConfigureAwait(false);
            await message.AcknowledgeAsync(cancellation).ConfigureAwait(false);
            if (!IsSecondCopy(message.ApplicationMessage))
            {
                _intake.Acknowledged();
            }
        }
    }

    /// <summary>A node status that came through the shared subscription; the same one comes through the own one, in the broker's order.</summary>
    private static bool IsSecondCopy(MqttApplicationMessage message) =>
        MessageReader.TryNodeTopic(message.Topic, out _, out _)
        && message.SubscriptionIdentifiers is { Count: > 0 } identifiers && !identifiers.Contains(StatusSubscription);

    private static async Task SubscribeAsync(IMqttClient client, string filter, uint identifier, CancellationToken cancellation)
    {
        MqttClientSubscribeResult result = await client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder()
                .WithSubscriptionIdentifier(identifier)
                .WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce, false, true, MqttRetainHandling.SendAtSubscribe)
                .Build(),
            cancellation).ConfigureAwait(false);
        if (result.Items.FirstOrDefault(item => (int)item.ResultCode >= 0x80) is { } refused)
        {
            throw new IOException($"the broker refuses the subscription to {filter} ({refused.ResultCode})");
        }
    }

    [LoggerMessage(4201, LogLevel.Information, "Reads the MQTT broker {Host}:{Port}.")]
    private partial void Connected(string host, int port);

    [LoggerMessage(4202, LogLevel.Warning, "No connection to the MQTT broker {Host}:{Port} ({Reason}); trying until there is one.")]
    private partial void Disconnected(string host, int port, string reason);
}
