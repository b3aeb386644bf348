using System.Threading.Channels;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Models;

namespace Sensing.CloudIngest.Broker;

/// <summary>The half that stands between a publisher and its acknowledgement.</summary>
/// <remarks>MQTTnet handles one packet of a client at a time, so an acknowledgement that waits for a commit inside its handlers would
/// allow one event a commit. Here each publish goes to the intake as it comes and on to MQTTnet, which serves subscribers; the
/// acknowledgement that MQTTnet makes at once is thrown away, and the real one is sent when the store has committed, in the order of the publishes [MQTT-4.6.0-2].</remarks>
internal sealed partial class BrokerConnection
{
    private const ushort MaxAliases = 256;

    /// <summary>Between user and client id; neither a user nor a client id that is let in contains it.</summary>
    private const char IdSeparator = '\u001f';

    private readonly Channel<(MqttPacket Packet, Task Committed)> _acknowledgements =
        Channel.CreateUnbounded<(MqttPacket, Task)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Dictionary<ushort, string> _aliases = [];
    private readonly Dictionary<ushort, long> _unacknowledged = [];
    private MqttConnectPacket? _connect;
    private string? _assigned;
    private bool _leftCleanly;
    private bool _ended;
    private readonly SemaphoreSlim _slots;

    /// <summary>Who the client is; null where nobody needs to say.</summary>
    public ClientIdentity? Identity { get; set; }

    /// <summary>The client id by which the broker knows it: where clients say who they are, each user has ids of its own, and none can take another's.</summary>
    public string ClientId => _connect?.ClientId ?? "";

    /// <summary>The client id as the client gave it.</summary>
    public string GivenClientId { get; private set; } = "";

    /// <summary>Called once the client is let in.</summary>
    public Action<BrokerConnection>? Accepted { get; set; }

    /// <summary>Called at the same time: the connection no longer counts among those of strangers.</summary>
    public Action? Known { get; init; }

    /// <summary>Whether messages were sent to it that it has not acknowledged.</summary>
    public bool HasUnacknowledged
    {
        get
        {
            lock (_unacknowledged)
            {
                return _unacknowledged.Count > 0;
            }
        }
    }

    /// <summary>How long its session is kept after it.</summary>
    public TimeSpan SessionExpiry => _connect is not { } connect ? TimeSpan.Zero
        : PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500 ? TimeSpan.FromSeconds(connect.SessionExpiryInterval)
        : connect.CleanSession ? TimeSpan.Zero : TimeSpan.MaxValue;

    public bool IsClean => _connect?.CleanSession ?? true;

    /// <summary>Topic of the client's last will; null where it has none.</summary>
    public string? WillTopic => _connect is { WillFlag: true } connect ? connect.WillTopic : null;

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReadPacketAsync(cancellationToken).ConfigureAwait(false) is { } packet)
            {
                switch (packet)
                {
                    case MqttConnectPacket when _connect is not null:
                        throw new MqttProtocolViolationException("There is a second CONNECT.");
                    case MqttConnectPacket connect:
                        _connect = connect;
                        Name(connect);
                        break;
                    case MqttPubAckPacket acknowledgement:
                        Settle(acknowledgement.PacketIdentifier);
                        break;
                    case MqttPubCompPacket completion:
                        Settle(completion.PacketIdentifier);
                        break;
                    case MqttDisconnectPacket disconnect:
                        // Reason 4 asks for the will although the client says goodbye.
                        _leftCleanly = disconnect.ReasonCode != MqttDisconnectReasonCode.DisconnectWithWillMessage;
                        break;
                    case MqttPublishPacket publish when !await TakeAsync(publish, cancellationToken).ConfigureAwait(false):
                        continue;
                }

                return packet;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            await EndAsync().ConfigureAwait(false);
            throw new MqttCommunicationException(error);
        }
        catch
        {
            await EndAsync().ConfigureAwait(false);
            throw;
        }

        await EndAsync().ConfigureAwait(false);
        return null;
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttPubAckPacket or MqttPubRecPacket:
                return Task.CompletedTask;
            case MqttPublishPacket publish:
                Sent(publish);
                break;
            case MqttConnAckPacket connack:
                if (_assigned is not null && PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
                {
                    connack.AssignedClientIdentifier = _assigned;
                }

                if (_connect?.SessionExpiryInterval > _context.Options.MaxSessionExpirySeconds)
                {
                    connack.SessionExpiryInterval = (uint)_context.Options.MaxSessionExpirySeconds;
                }

                connack.ReceiveMaximum = (ushort)_context.Options.ReceiveMaximum;
                connack.TopicAliasMaximum = MaxAliases;
                connack.MaximumPacketSize = (uint)_context.Limits.MaxPacketBytes;
                if (connack.ReasonCode == MqttConnectReasonCode.Success)
                {
                    _isAccepted = true;
                    _context.Connections.Add(this);
                    Accepted?.Invoke(this);
                    Known?.Invoke();
                    _ = AcknowledgeAsync();
                }

                break;
        }

        return WritePacketAsync(packet, more: false, cancellationToken);
    }

    /// <summary>Gives a client without an id one, and makes the id one of its user's, whose claim is checked after this.</summary>
    private void Name(MqttConnectPacket connect)
    {
        GivenClientId = connect.ClientId ?? "";
        if (GivenClientId.Length == 0 && (connect.CleanSession || PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500))
        {
            GivenClientId = _assigned = $"assigned-{Guid.NewGuid():n}";
        }

        connect.ClientId = GivenClientId.Length > 0 && _context.Options.RequiresIdentity
            ? $"{ClientIdentity.NameIn(ClientCertificate) ?? connect.Username}{IdSeparator}{GivenClientId}"
            : GivenClientId;
    }

    private void Sent(MqttPublishPacket publish)
    {
        long size = publish.Topic.Length + publish.Payload.Length;
        if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
        {
            _context.Sessions.Taken(ClientId, size);
            return;
        }

        lock (_unacknowledged)
        {
            _unacknowledged[publish.PacketIdentifier] = size;
        }
    }

    private void Settle(ushort identifier)
    {
        bool known;
        long size;
        lock (_unacknowledged)
        {
            known = _unacknowledged.Remove(identifier, out size);
        }

        if (known)
        {
            _context.Sessions.Taken(ClientId, size);
        }
    }

    /// <returns>Whether MQTTnet may have it, for subscribers.</returns>
    private async Task<bool> TakeAsync(MqttPublishPacket publish, CancellationToken cancellation)
    {
        if (publish.TopicAlias > MaxAliases)
        {
            throw new MqttProtocolViolationException($"The topic alias is above {MaxAliases}.");
        }

        if (publish.TopicAlias > 0)
        {
            // The alias is resolved here; MQTTnet, which keeps aliases too, sees the topic in full.
            if (string.IsNullOrEmpty(publish.Topic))
            {
                publish.Topic = _aliases.GetValueOrDefault(publish.TopicAlias) ?? throw new MqttProtocolViolationException("The topic alias is unknown.");
            }
            else
            {
                _aliases[publish.TopicAlias] = publish.Topic;
            }
        }

        bool allowed = (Identity?.MayPublish(publish.Topic) ?? true) && !publish.Topic.StartsWith(ModelTopics.Prefix, StringComparison.Ordinal);
        bool isStatus = MessageReader.TryNodeTopic(publish.Topic, out string site, out string node);
        if (allowed && isStatus)
        {
            // Before it is stored: whoever then reads the status must not find its node without a connection.
            _context.Connections.Announce(site, node, this);
        }

        Task committed = allowed
            ? await _context.Intake.TakeAsync(
                MqttProperties.Message(publish.Topic, publish.Payload, publish.ContentType, publish.UserProperties), cancellation).ConfigureAwait(false)
            : Task.CompletedTask;
        if (!allowed)
        {
            _context.Intake.Refused();
        }

        if (Acknowledgement(publish, allowed) is { } acknowledgement)
        {
            // Clients of MQTT 3.1.1 know no receive maximum: one that has too much under way is not read until some of it is stored.
            await _slots.WaitAsync(cancellation).ConfigureAwait(false);
            _acknowledgements.Writer.TryWrite((acknowledgement, committed));
        }

        // Only what this tier keeps and gives back after a restart is retained; anything else would grow in memory for good.
        publish.Retain &= isStatus;
        return allowed;
    }

    private static MqttPacketWithIdentifier? Acknowledgement(MqttPublishPacket publish, bool allowed) => publish.QualityOfServiceLevel switch
    {
        MqttQualityOfServiceLevel.AtLeastOnce => new MqttPubAckPacket
        {
            PacketIdentifier = publish.PacketIdentifier,
            ReasonCode = allowed ? MqttPubAckReasonCode.Success : MqttPubAckReasonCode.NotAuthorized,
        },
        MqttQualityOfServiceLevel.ExactlyOnce => new MqttPubRecPacket
        {
            PacketIdentifier = publish.PacketIdentifier,
            ReasonCode = allowed ? MqttPubRecReasonCode.Success : MqttPubRecReasonCode.NotAuthorized,
        },
        _ => null,
    };

    /// <summary>Sends acknowledgements in order, each after its commit, those of one commit together.</summary>
    private async Task AcknowledgeAsync()
    {
        try
        {
            while (await _acknowledgements.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_acknowledgements.Reader.TryRead(out (MqttPacket Packet, Task Committed) next))
                {
                    await next.Committed.ConfigureAwait(false);
                    _slots.Release();
                    bool more = _acknowledgements.Reader.TryPeek(out (MqttPacket Packet, Task Committed) after) && after.Committed.IsCompletedSuccessfully;
                    if (next.Packet is MqttPubAckPacket { ReasonCode: MqttPubAckReasonCode.Success } or MqttPubRecPacket { ReasonCode: MqttPubRecReasonCode.Success })
                    {
                        _context.Intake.Acknowledged();
                    }

                    await WritePacketAsync(next.Packet, more, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or MqttCommunicationException)
        {
            // Not committed, or nobody there any more: without its acknowledgement the client sends it again.
        }
        finally
        {
            // Whoever reads the connection may wait for a slot, and must find it closed.
            _stream.Close();
            _slots.Release(_context.Options.ReceiveMaximum);
        }
    }

    /// <summary>The connection is over: its will, where it has one and has not been replaced by a newer connection of the same client.</summary>
    public async Task EndAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        bool replaced = !_context.Connections.Remove(this);
        _context.Sessions.Leave(this, ClientId);
        if (_connect is { WillFlag: true } connect && !_leftCleanly && !replaced)
        {
            await _context.TakeWillAsync(connect).ConfigureAwait(false);
        }
    }
}
