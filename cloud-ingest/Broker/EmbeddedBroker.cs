using System.Buffers;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Models;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Broker;

/// <summary>The MQTT 5 broker inside this process. A publish is acknowledged after the store's commit; subscribers are served beside it.</summary>
public sealed partial class EmbeddedBroker : IHostedService, IAsyncDisposable
{
    /// <summary>A client that has not taken a packet after this is given up; the first packet of a new one is waited for as long.</summary>
    private static readonly TimeSpan PacketTime = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks for sessions whose time is over.</summary>
    private static readonly TimeSpan SessionTime = TimeSpan.FromSeconds(10);

    private readonly EmbeddedBrokerOptions _options;
    private readonly IEventStore _store;
    private readonly ILogger<EmbeddedBroker> _logger;
    private readonly BrokerConnections _connections;
    private readonly BrokerListener _listener;
    private readonly MqttServer _server;
    private readonly LoginCheck? _logins;
    private readonly LogLines _lines;
    private readonly BrokerContext _context;
    private readonly TimeProvider _time;
    private Task _keeping = Task.CompletedTask;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _ended;
    private int _disposed;

    internal EmbeddedBroker(
        EmbeddedBrokerOptions options, LimitOptions limits, MessageIntake intake, BrokerConnections connections, IEventStore store,
        TimeProvider time, ILogger<EmbeddedBroker> logger)
    {
        _time = time;
        _lines = new LogLines(time);
        _options = options;
        _store = store;
        _logger = logger;
        _connections = connections;
        _logins = options.PasswordFile is { } file ? new LoginCheck(new PasswordFile(file), time) : null;
        _context = new BrokerContext(options, limits, intake, connections, time, _stopping.Token);
        _listener = new BrokerListener(_context, options.Tls is { } tls ? new ReloadedCertificates(tls) : null, logger);
        MqttServerOptions server = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithPersistentSessions(true)
            .WithDefaultCommunicationTimeout(PacketTime)
            // Bounded by BrokerSessions: this bound would cut the retained node states short, and leave messages with QoS 1 in memory all the same.
            .WithMaxPendingMessagesPerClient(int.MaxValue)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropNewMessage)
            .Build();
        _server = new MqttServer(server, [_listener], new MqttLog(logger, _lines));
        _server.ValidatingConnectionAsync += ValidateAsync;
        _server.InterceptingSubscriptionAsync += AuthorizeAsync;
        _server.LoadingRetainedMessageAsync += LoadRetainedAsync;
        _server.InterceptingClientEnqueueAsync += Give;
        _server.SessionDeletedAsync += deleted =>
        {
            _context.Sessions.Deleted(deleted.Id);
            return Task.CompletedTask;
        };
    }

    internal BrokerSessions Sessions => _context.Sessions;

    /// <summary>Where it listens, with the port that the system chose where none was configured.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.PasswordFile is { } passwords && !File.Exists(passwords))
        {
            throw new IOException($"mqtt.embedded.passwordFile {passwords} does not exist: make it with 'cloud-ingest password USER' or mosquitto_passwd.");
        }

        await _server.StartAsync().ConfigureAwait(false);
        _keeping = KeepSessionsAsync();
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
        await _keeping.ConfigureAwait(false);
        _listener.Dispose();
        _logins?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Retains a message of this tier's own and hands it to subscribers; an empty one removes what was retained.</summary>
    internal Task RetainAsync(string topic, byte[] payload, CancellationToken cancellation) => _server.InjectApplicationMessage(
        new InjectedMqttApplicationMessage(new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            ContentType = "application/json",
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = true,
        }),
        cancellation);

    private async Task ValidateAsync(ValidatingConnectionEventArgs connecting)
    {
        var connection = (BrokerConnection)connecting.ChannelAdapter;
        if (connection.WillTopic?.StartsWith(ModelTopics.Prefix, StringComparison.Ordinal) == true)
        {
            connecting.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            Refuse(connection, "its last will is a manifest of models");
            return;
        }

        if (_options.RequiresIdentity)
        {
            (MqttConnectReasonCode reason, string why) = await IdentifyAsync(connection, connecting).ConfigureAwait(false);
            connecting.ReasonCode = reason;
            if (reason != MqttConnectReasonCode.Success)
            {
                Refuse(connection, why);
                return;
            }
        }

        connecting.ReasonCode = MqttConnectReasonCode.Success;
        connection.Accepted = Enter;
    }

    private async Task<(MqttConnectReasonCode Reason, string Why)> IdentifyAsync(BrokerConnection connection, ValidatingConnectionEventArgs connecting)
    {
        string? certified = ClientIdentity.NameIn(connection.ClientCertificate);
        if (connection.ClientCertificate is { } certificate && (certified is null || !ClientIdentity.IsForClients(certificate)))
        {
            return (MqttConnectReasonCode.NotAuthorized, "its certificate has no common name of its own, or is a server's");
        }

        if (certified is null)
        {
            IPAddress address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
            switch (_logins is null ? false : await _logins.AcceptsAsync(connecting.UserName, connecting.RawPassword, address).ConfigureAwait(false))
            {
                case null:
                    return (MqttConnectReasonCode.ServerBusy, "too many passwords wait to be checked");
                case false:
                    return (MqttConnectReasonCode.BadUserNameOrPassword, "user name or password are wrong");
            }
        }

        string user = certified ?? connecting.UserName;
        if (connection.GivenClientId.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
        {
            return (MqttConnectReasonCode.ClientIdentifierNotValid, "its client id contains control characters");
        }

        if (_context.Sessions.ConnectionsOf(user) >= _options.MaxConnectionsPerUser && !_connections.Has(connection.ClientId))
        {
            return (MqttConnectReasonCode.QuotaExceeded, $"its user has {_options.MaxConnectionsPerUser} connections, as many as mqtt.embedded.maxConnectionsPerUser allows");
        }

        connection.Identity = new ClientIdentity(user, _options.Observers.Contains(user), [.. _options.NodesMayRead, ModelTopics.Of("+")]);
        connecting.SessionItems[nameof(ClientIdentity)] = connection.Identity;
        return connection.WillTopic is { } will && !connection.Identity.MayPublish(will)
            ? (MqttConnectReasonCode.NotAuthorized, "its last will is for a topic that is not its own")
            : (MqttConnectReasonCode.Success, "");
    }

    private void Enter(BrokerConnection connection)
    {
        foreach (string going in _context.Sessions.Enter(
            connection, connection.ClientId, connection.Identity?.Name ?? "", connection.IsClean, connection.SessionExpiry))
        {
            _ = DeleteAsync([going]);
        }
    }

    private void Refuse(BrokerConnection connection, string why)
    {
        if (_lines.TryTake(out long left))
        {
            Refused(LogLines.Plain(connection.GivenClientId), connection.RemoteEndPoint, why, left);
        }
    }

    private Task AuthorizeAsync(InterceptingSubscriptionEventArgs subscribing)
    {
        if (subscribing.SessionItems[nameof(ClientIdentity)] is ClientIdentity identity && !identity.MaySubscribe(subscribing.TopicFilter.Topic))
        {
            subscribing.ProcessSubscription = false;
            subscribing.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        }
        else if (subscribing.Session.PendingApplicationMessagesCount > _options.MaxQueuedPerSubscriber)
        {
            // Retained node states wait already; each further subscription would add them once more.
            subscribing.ProcessSubscription = false;
            subscribing.Response.ReasonCode = MqttSubscribeReasonCode.QuotaExceeded;
        }
        else
        {
            _context.Sessions.Subscribed(subscribing.ClientId, subscribing.TopicFilter.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce);
        }

        return Task.CompletedTask;
    }

    private Task Give(InterceptingClientApplicationMessageEnqueueEventArgs giving)
    {
        giving.AcceptEnqueue = _context.Sessions.TryGive(
            giving.ReceiverClientId, giving.ApplicationMessage.Topic.Length + giving.ApplicationMessage.Payload.Length,
            giving.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce);
        return Task.CompletedTask;
    }

    /// <summary>Deletes sessions whose time is over.</summary>
    private async Task KeepSessionsAsync()
    {
        using var timer = new PeriodicTimer(SessionTime, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                foreach (MqttSessionStatus session in (await _server.GetSessionsAsync().ConfigureAwait(false)).Where(session => session.PendingApplicationMessagesCount == 0))
                {
                    _context.Sessions.Empty(session.Id);
                }

                await DeleteAsync(_context.Sessions.Expired()).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The broker stops.
        }
    }

    private async Task DeleteAsync(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        foreach (MqttSessionStatus session in (await _server.GetSessionsAsync().ConfigureAwait(false)).Where(session => ids.Contains(session.Id)))
        {
            await session.DeleteAsync().ConfigureAwait(false);
        }

        foreach (string id in ids)
        {
            _context.Sessions.Deleted(id);
        }
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

    [LoggerMessage(4122, LogLevel.Warning, "Client '{ClientId}' at {EndPoint} was refused: {Reason}. ({LeftOut} further messages were not logged before.)")]
    private partial void Refused(string clientId, EndPoint endPoint, string reason, long leftOut);
}
