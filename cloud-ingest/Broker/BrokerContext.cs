using System.Buffers;
using MQTTnet.Packets;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Broker;

/// <summary>What every connection of the broker shares.</summary>
internal sealed record BrokerContext(
    EmbeddedBrokerOptions Options, LimitOptions Limits, MessageIntake Intake, BrokerConnections Connections, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>The sessions, with what waits for them.</summary>
    public BrokerSessions Sessions { get; } = new(Options, Time);

    /// <summary>Large packets of which a part has come: the memory for all of them.</summary>
    public ByteBudget Partial { get; } = new(Limits.MaxInFlightBytes);

    /// <summary>Stores the last will of a client that went without a word.</summary>
    public async Task TakeWillAsync(MqttConnectPacket connect)
    {
        if (Stopping.IsCancellationRequested)
        {
            // This tier goes, not the node: after the restart the node is connected or it is not.
            return;
        }

        try
        {
            await Intake.TakeAsync(
                MqttProperties.Message(
                    connect.WillTopic, new ReadOnlySequence<byte>(connect.WillMessage ?? []), connect.WillContentType, connect.WillUserProperties),
                Stopping).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // As above.
        }
    }
}
