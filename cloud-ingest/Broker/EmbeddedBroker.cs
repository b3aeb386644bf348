using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Broker;

/// <summary>The MQTT 5 broker inside this process. A publish is acknowledged after the store's commit; subscribers are served beside it.</summary>
public sealed partial class EmbeddedBroker : IHostedService, IAsyncDisposable
{
    /// <summary>A client that has not taken a packet after this is given up; the first packet of a new one is waited for as long.</summary>
    private static readonly TimeSpan PacketTime = TimeSpan.FromSeconds(10);

    private readonly EmbeddedBrokerOptions _options;
    private readonly IEventStore _store;
    private readonly ILogger<EmbeddedBroker> _logger;
    private readonly BrokerConnections _connections;
    private readonly BrokerListener _listener;
    private readonly MqttServer _server;
    private readonly PasswordFile? _passwords;
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private Task? _ended;
    private int _disposed;

    internal EmbeddedBroker(
        EmbeddedBrokerOptions options, LimitOptions limits, MessageIntake intake, BrokerConnections connections, IEventStore store,
        ILogger<EmbeddedBroker> logger)
    {
        _options = options;
        _store = store;
        _logger = logger;
        _connections = connections;
        _passwords = options.PasswordFile is { } file ? new PasswordFile(file) : null;
        var context = new BrokerContext(options, limits, intake, connections, _stopping.Token);
        _listener = new BrokerListener(context, options.Tls is { } tls ? new ReloadedCertificates(tls) : null, logger);
        MqttServerOptions server = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithPersistentSessions(true)
            .WithDefaultCommunicationTimeout(PacketTime)
            .WithMaxPendingMessagesPerClient(options.MaxQueuedPerSubscriber)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        _server = new MqttServer(server, [_listener], new MqttLog(logger));
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.InterceptingSubscriptionAsync += AuthorizeAsync;
        _server.LoadingRetainedMessageAsync += LoadRetainedAsync;
        _server.SessionDeletedAsync += deleted =>
        {
            _owners.TryRemove(deleted.Id, out _);
            return Task.CompletedTask;
        };
    }

    /// <summary>Where it listens, with the port that the system chose where none was configured.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.PasswordFile is { } passwords && !File.Exists(passwords))
        {
            throw new IOException($"mqtt.embedded.passwordFile {passwords} does not exist: make it with 'cloud-ingest password USER' or mosquitto_passwd.");
        }

        await _server.StartAsync().ConfigureAwait(false);
        _connections.Problem = null;
        Listening(EndPoint, _options.Tls is null ? "plain" : "TLS");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _connections.Problem = "the MQTT broker has stopped";
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_server.IsStarted)
        {
            _ended ??= _server.StopAsync(new MqttServerStopOptions
            {
                DefaultClientDisconnectOptions = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown },
            });
        }

        if (_ended is { } ended)
        {
            // Each client is told, one after the other, and one that does not read takes its time.
            await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The container knows the broker under two names and disposes it twice.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_ended is null)
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _server.Dispose();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private Task ValidateAsync(ValidatingConnectionEventArgs connecting)
    {
        var connection = (BrokerConnection)connecting.ChannelAdapter;
        string? certified = connection.ClientCertificate?.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false);
        string? user = certified ?? connecting.UserName;
        if (_options.RequiresIdentity)
        {
            if (certified is null && _passwords?.Accepts(connecting.UserName, connecting.RawPassword) != true)
            {
                connecting.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
                Refused(connecting.ClientId, connecting.RemoteEndPoint, "user name or password are wrong");
                return Task.CompletedTask;
            }

            // A session belongs to who began it: another user may not take it over by its client id.
            if (connecting.ClientId.Length > 0 && _owners.GetOrAdd(connecting.ClientId, user!) != user)
            {
                connecting.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
                Refused(connecting.ClientId, connecting.RemoteEndPoint, "its client id belongs to another user");
                return Task.CompletedTask;
            }

            connection.Identity = new ClientIdentity(user!, _options.Observers.Contains(user), _options.NodesMayRead);
            connecting.SessionItems[nameof(ClientIdentity)] = connection.Identity;
            if (connection.WillTopic is { } will && !connection.Identity.MayPublish(will))
            {
                connecting.ReasonCode = MqttConnectReasonCode.NotAuthorized;
                Refused(connecting.ClientId, connecting.RemoteEndPoint, "its last will is for a topic that is not its own");
                return Task.CompletedTask;
            }
        }

        if (string.IsNullOrEmpty(connecting.ClientId))
        {
            connecting.AssignedClientIdentifier = $"assigned-{Guid.NewGuid():n}";
        }

        connecting.ReasonCode = MqttConnectReasonCode.Success;
        return Task.CompletedTask;
    }

    private static Task AuthorizeAsync(InterceptingSubscriptionEventArgs subscribing)
    {
        if (subscribing.SessionItems[nameof(ClientIdentity)] is ClientIdentity identity && !identity.MaySubscribe(subscribing.TopicFilter.Topic))
        {
            subscribing.ProcessSubscription = false;
            subscribing.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        }

        return Task.CompletedTask;
    }

    /// <summary>Node states are retained by the store: a subscriber that comes after a restart of the broker sees them.</summary>
    private async Task LoadRetainedAsync(LoadingRetainedMessagesEventArgs loading)
    {
        foreach (NodeEntry node in await _store.ReadNodesAsync(0, CancellationToken.None).ConfigureAwait(false))
        {
            if (!node.Status.IsEmpty)
            {
                loading.LoadedRetainedMessages.Add(new MqttApplicationMessage
                {
                    Topic = $"sensing/v1/{node.Site}/{node.Node}/status",
                    Payload = new ReadOnlySequence<byte>(node.Status),
                    ContentType = "application/json",
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                    Retain = true,
                });
            }
        }
    }

    [LoggerMessage(4121, LogLevel.Information, "MQTT broker listens on {EndPoint} ({Security}).")]
    private partial void Listening(IPEndPoint endPoint, string security);

    [LoggerMessage(4122, LogLevel.Warning, "Client '{ClientId}' at {EndPoint} was refused: {Reason}.")]
    private partial void Refused(string clientId, EndPoint endPoint, string reason);
}
