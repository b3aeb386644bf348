using System.Buffers;
using System.Collections.Concurrent;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Sensing.CloudIngest.Bridge;

/// <summary>What this tier itself publishes.</summary>
/// <remarks>Through the bridge's own connection: a broker that makes the user's name the client id would take a second one for the first come back, and
/// drop the session with all that waits in it.</remarks>
internal sealed partial class BridgeConnection
{
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<MqttPubAckPacket>> _retaining = new();
    private int _retained;

    /// <summary>Retains a message.</summary>
    /// <returns>Once the broker has it.</returns>
    /// <exception cref="IOException">The broker refuses it.</exception>
    public async Task RetainAsync(string topic, byte[] payload, CancellationToken cancellation)
    {
        ushort identifier = (ushort)((Interlocked.Increment(ref _retained) % 60_000) + 1);
        var acknowledged = new TaskCompletionSource<MqttPubAckPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _retaining[identifier] = acknowledged;
        try
        {
            await _channel.WriteAsync(
                new MqttPublishPacket
                {
                    PacketIdentifier = identifier,
                    Topic = topic,
                    Payload = new ReadOnlySequence<byte>(payload),
                    ContentType = "application/json",
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                    Retain = true,
                },
                cancellation).ConfigureAwait(false);
            MqttPubAckPacket answer = await acknowledged.Task.WaitAsync(_client.Timeout, _time, cancellation).ConfigureAwait(false);
            if ((int)answer.ReasonCode >= 0x80)
            {
                throw new IOException($"the broker refuses {topic} ({answer.ReasonCode}): allow this tier's user to publish there");
            }
        }
        catch (TimeoutException)
        {
            throw new IOException($"the broker has not acknowledged {topic}");
        }
        finally
        {
            _retaining.TryRemove(identifier, out _);
        }
    }
}
