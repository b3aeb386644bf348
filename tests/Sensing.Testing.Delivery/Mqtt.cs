using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensing.Events;

namespace Sensing.Testing.Delivery;

/// <summary>An MQTT client as a node has one.</summary>
public static class Mqtt
{
    public static async Task<IMqttClient> ConnectAsync(
        int port, CancellationToken cancellation, Action<MqttClientOptionsBuilder>? change = null)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", port)
            .WithClientId($"test-{Guid.NewGuid():n}");
        change?.Invoke(options);
        // With a token that can be cancelled the client keeps to no time of its own.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(TimeSpan.FromSeconds(30));
        MqttClientConnectResult result = await client.ConnectAsync(options.Build(), bound.Token);
        if (result.ResultCode == MqttClientConnectResultCode.Success)
        {
            return client;
        }

        client.Dispose();
        throw new IOException($"The broker refused the connection ({result.ResultCode}).");
    }

    public static MqttApplicationMessage Message(SensorEvent sensorEvent, DateTimeOffset? committed = null)
    {
        MqttApplicationMessageBuilder builder = new MqttApplicationMessageBuilder()
            .WithTopic(sensorEvent.Topic)
            .WithPayload(sensorEvent.Data.ToArray())
            .WithContentType("application/json")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithUserProperty("specversion", "1.0"u8.ToArray().AsMemory())
            .WithUserProperty("id", Bytes(sensorEvent.Id))
            .WithUserProperty("source", Bytes(sensorEvent.Source.Source))
            .WithUserProperty("type", Bytes(sensorEvent.Type.ToString()))
            .WithUserProperty("time", Bytes(EventTime.Format(sensorEvent.Time)));
        if (committed is { } instant)
        {
            builder.WithUserProperty("sensingcommitted", Bytes(EventTime.Format(instant)));
        }

        return builder.Build();
    }

    public static MqttApplicationMessage Status(string site, string node, byte[] status) => new MqttApplicationMessageBuilder()
        .WithTopic($"sensing/v1/{site}/{node}/status")
        .WithPayload(status)
        .WithRetainFlag(true)
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
