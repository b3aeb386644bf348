using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Models;

/// <summary>Another broker: a connection for each change, beside the bridge's own.</summary>
/// <remarks>The bridge's user must be allowed to publish below <see cref="ModelTopics.Prefix"/>.</remarks>
internal sealed class ExternalManifestSink(ExternalBrokerOptions options, LimitOptions limits) : IManifestSink
{
    public async Task RetainAsync(IReadOnlyDictionary<string, byte[]> messages, CancellationToken cancellation)
    {
        MqttClientOptions client = BrokerClientOptions.Create(options, limits);
        (client.ClientId, client.CleanSession, client.SessionExpiryInterval) = ($"{options.ClientId}-models", true, 0);
        using IMqttClient connection = new MqttClientFactory().CreateMqttClient();
        MqttClientConnectResult answer = await connection.ConnectAsync(client, cancellation).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new IOException($"the broker refuses the connection ({answer.ResultCode})");
        }

        foreach ((string topic, byte[] payload) in messages)
        {
            MqttClientPublishResult published = await connection.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = topic,
                    Payload = new ReadOnlySequence<byte>(payload),
                    ContentType = "application/json",
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                    Retain = true,
                },
                cancellation).ConfigureAwait(false);
            if (!published.IsSuccess)
            {
                throw new IOException($"the broker refuses {topic} ({published.ReasonCode}): allow this tier's user to publish below {ModelTopics.Prefix}");
            }
        }

        await connection.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation).ConfigureAwait(false);
    }
}
