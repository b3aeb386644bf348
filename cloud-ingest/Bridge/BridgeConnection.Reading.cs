using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Bridge;

/// <summary>From the packets that come to the intake.</summary>
internal sealed partial class BridgeConnection
{
    private async Task ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            DateTimeOffset arrival = _time.GetUtcNow();
            while (_channel.TryRead(out ReceivedPacket packet))
            {
                ValueTask taken = packet.IsPublishOfQos1 && _known.TryRead(packet.Body, arrival, out EventRecord? record, out ushort identifier)
                    ? TakeAsync(record, identifier, cancellation)
                    : TakeAsync(_channel.Decode(packet), arrival, cancellation);

                // Nearly always there is room at once.
                if (!taken.IsCompletedSuccessfully)
                {
                    await taken.ConfigureAwait(false);
                }
            }

            Interlocked.Exchange(ref _waitsSince, _time.GetTimestamp());
            if (!await _channel.FillAsync(cancellation).ConfigureAwait(false))
            {
                throw new IOException("the broker closed the connection");
            }

            Interlocked.Exchange(ref _waitsSince, 0);
        }
    }

    private ValueTask TakeAsync(MqttPacket packet, DateTimeOffset arrival, CancellationToken cancellation)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                return TakeAsync(publish, arrival, cancellation);
            case MqttSubAckPacket { PacketIdentifier: >= 1 and <= 2 } answer:
                _subscribed[answer.PacketIdentifier - 1].TrySetResult(answer);
                return ValueTask.CompletedTask;
            case MqttPubAckPacket acknowledgement when _retaining.TryRemove(acknowledgement.PacketIdentifier, out TaskCompletionSource<MqttPubAckPacket>? retained):
                retained.TrySetResult(acknowledgement);
                return ValueTask.CompletedTask;
            case MqttDisconnectPacket goodbye:
                throw new IOException($"the broker closed the connection ({goodbye.ReasonCode}{(goodbye.ReasonString is { } reason ? $", {reason}" : "")})");
            case MqttPingRespPacket:
                return ValueTask.CompletedTask;
            default:
                throw new IOException($"the broker sent a packet that does not belong here ({packet.GetType().Name})");
        }
    }

    private ValueTask TakeAsync(MqttPublishPacket publish, DateTimeOffset arrival, CancellationToken cancellation)
    {
        ushort identifier = publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce ? (ushort)0 : publish.PacketIdentifier;
        if (MessageReader.TryNodeTopic(publish.Topic, out _, out _)
            && publish.SubscriptionIdentifiers is { Count: > 0 } identifiers && !identifiers.Contains(StatusSubscription))
        {
            // A node status that came through the shared subscription too; the same one comes through the own one, in the broker's order.
            return _pending.Writer.WriteAsync(new Pending(identifier, null), cancellation);
        }

        LogRecord record = _reader.Read(
            MqttProperties.Message(publish.Topic, publish.Payload, publish.ContentType, publish.UserProperties), arrival);
        if (record is EventRecord item)
        {
            _known.Learn(item);
        }

        return TakeAsync(record, identifier, cancellation);
    }

    private ValueTask TakeAsync(LogRecord record, ushort identifier, CancellationToken cancellation)
    {
        ValueTask<Task> entering = _intake.EnterAsync(record, cancellation);
        if (!entering.IsCompletedSuccessfully)
        {
            return TakeAsync(entering, identifier, cancellation);
        }

        Task durable = entering.Result;
        return _pending.Writer.TryWrite(new Pending(identifier, durable)) ? ValueTask.CompletedTask : TakeAsync(new ValueTask<Task>(durable), identifier, cancellation);
    }

    private async ValueTask TakeAsync(ValueTask<Task> entering, ushort identifier, CancellationToken cancellation)
    {
        Task durable = await entering.ConfigureAwait(false);
        try
        {
            await _pending.Writer.WriteAsync(new Pending(identifier, durable), cancellation).ConfigureAwait(false);
        }
        catch
        {
            _intake.GiveUp(durable);
            throw;
        }
    }
}
