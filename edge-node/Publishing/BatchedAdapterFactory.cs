using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace Sensing.EdgeNode.Publishing;

/// <summary>MQTTnet's own adapter for clients over TCP and TLS, on a <see cref="BatchedChannel"/>.</summary>
internal sealed class BatchedAdapterFactory : IMqttClientAdapterFactory
{
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger) =>
        new MqttChannelAdapter(
            new BatchedChannel(new MqttTcpChannel(options)),
            new MqttPacketFormatterAdapter(
                options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax)),
            logger)
        { PacketInspector = packetInspector };
}
