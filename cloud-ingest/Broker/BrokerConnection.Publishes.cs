using System.Threading.Channels;
using MQTTnet.Exceptions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Bridge;

namespace Sensing.CloudIngest.Broker;

/// <summary>The half that stands between a publisher and its acknowledgement.</summary>
/// <remarks>MQTTnet handles one packet of a client at a time, so an acknowledgement that waits for a commit inside its handlers would
/// allow one event a commit. Here each publish goes to the intake as it comes and on to MQTTnet, which serves subscribers; the
/// acknowledgement that MQTTnet makes at once is thrown away, and the real one is sent when the store has committed, in the order of the publishes [MQTT-4.6.0-2].</remarks>
internal sealed partial class BrokerConnection
{
    private const ushort MaxAliases = 256;

    private readonly Channel<(MqttPacket Packet, Task Committed)> _acknowledgements =
        Channel.CreateUnbounded<(MqttPacket, Task)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Dictionary<ushort, string> _aliases = [];
    private MqttConnectPacket? _connect;
    private bool _leftCleanly;
    private bool _ended;
    private readonly SemaphoreSlim _slots;

    /// <summary>Who the client is; null where nobody needs to say.</summary>
    public ClientIdentity? Identity { get; set; }

    public string ClientId => _connect?.ClientId ?? "";

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
                    case MqttConnectPacket connect:
                        _connect = connect;
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
            case MqttConnAckPacket connack:
                connack.ReceiveMaximum = (ushort)_context.Options.ReceiveMaximum;
                connack.TopicAliasMaximum = MaxAliases;
                connack.MaximumPacketSize = (uint)_context.Limits.MaxPacketBytes;
                if (connack.ReasonCode == MqttConnectReasonCode.Success)
                {
                    _context.Connections.Add(this);
                    _ = AcknowledgeAsync();
                }

                break;
        }

        return WritePacketAsync(packet, more: false, cancellationToken);
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

        bool allowed = Identity?.MayPublish(publish.Topic) ?? true;
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
        if (_connect is { WillFlag: true } connect && !_leftCleanly && !replaced)
        {
            await _context.TakeWillAsync(connect).ConfigureAwait(false);
        }
    }
}
